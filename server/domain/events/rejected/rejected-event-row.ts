import type { Prisma } from "@/prisma/generated/client";
import type { RejectedEvent, ReplayState } from "@/schemas/events/rejected-event";
import { parseExactJson, stringifyExactJson } from "@/schemas/exact-json";
import type { DomainError, Violation } from "@/server/kernel/errors";

/** Longer bodies are truncated, in characters. */
const MAX_BODY_LENGTH = 20_000;
/** Marks a truncated body. JSON never ends with it. */
const TRUNCATION_MARK = "…";

/** The body of a rejected event whose organization was deleted. JSON never ends with the mark. */
export const ERASED_BODY = `Deleted with the organization${TRUNCATION_MARK}`;

/** A row. Its JSON columns contain JSON strings with JSON text in them. */
export type RejectedRow = Omit<Prisma.RejectedEventGetPayload<object>, "body" | "violations"> & {
  readonly body: unknown;
  readonly violations: unknown;
};

/**
 * Returns the columns for the request. Its body is stored as a JSON string, because PostgreSQL cannot store all values that
 * JSON text can contain.
 */
export function sentColumns(body: unknown, idempotencyKey: string | null) {
  const text = stringifyExactJson(body) ?? "null";
  if (text.length > MAX_BODY_LENGTH)
    return { body: text.slice(0, MAX_BODY_LENGTH) + TRUNCATION_MARK, idempotencyKey: null };
  return { body: text, idempotencyKey: idempotencyKey === null ? null : JSON.stringify(idempotencyKey) };
}

/** Returns the request, or null if its body was truncated or erased. */
export function sentRequest(
  row: RejectedRow,
): { readonly body: unknown; readonly idempotencyKey: string | null } | null {
  if (isTruncated(row)) return null;
  // `sentColumns` wrote both.
  const idempotencyKey = row.idempotencyKey === null ? null : (JSON.parse(row.idempotencyKey) as string);
  return { body: parseExactJson(String(row.body)), idempotencyKey };
}

/** Returns the columns for the reason. */
export function reasonColumns({ code, message, details }: DomainError) {
  const violations = JSON.stringify(details.violations ?? []).replaceAll(String.raw`\u0000`, "");
  return { code: details.wireCode ?? code, message, violations };
}

export function toRejectedEvent(row: RejectedRow): RejectedEvent {
  const { id, organizationId, action, code, message, createdAt } = row;
  // `reasonColumns` wrote it.
  const violations = JSON.parse(String(row.violations)) as Violation[];
  return {
    id,
    organizationId,
    action,
    body: String(row.body),
    code,
    message,
    violations,
    replay: replayState(row),
    createdAt,
  };
}

function replayState(row: RejectedRow): ReplayState {
  if (row.replayedAt) return { kind: "replayed", at: row.replayedAt, eventId: row.replayedEventId };
  if (row.body === ERASED_BODY) return { kind: "erased" };
  return { kind: isTruncated(row) ? "truncated" : "possible" };
}

function isTruncated(row: RejectedRow): boolean {
  return String(row.body).endsWith(TRUNCATION_MARK);
}
