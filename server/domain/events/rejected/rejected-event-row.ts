import type { Prisma } from "@/prisma/generated/client";
import type { RejectedEvent, ReplayState } from "@/schemas/events/rejected-event";
import type { DomainError, Violation } from "@/server/kernel/errors";

/** Longer ones are kept without their body. */
const LONGEST_BODY = 20_000;
/** No JSON ends with it. */
const CUT = "…";

/** A row; its JSON columns hold JSON text. */
export type RejectedRow = Omit<Prisma.RejectedEventGetPayload<object>, "body" | "violations"> & {
  readonly body: unknown;
  readonly violations: unknown;
};

/** The columns of what was sent. As text within JSON: what PostgreSQL cannot store as it is stays readable. */
export function sentColumns(body: unknown, idempotencyKey: string | null) {
  const text = JSON.stringify(body) ?? "null";
  if (text.length > LONGEST_BODY) return { body: text.slice(0, LONGEST_BODY) + CUT, idempotencyKey: null };
  return { body: text, idempotencyKey: idempotencyKey === null ? null : JSON.stringify(idempotencyKey) };
}

/** What was sent, or null when too little of it was kept. */
export function sentRequest(
  row: RejectedRow,
): { readonly body: unknown; readonly idempotencyKey: string | null } | null {
  if (isCut(row)) return null;
  // Both written above.
  const idempotencyKey = row.idempotencyKey === null ? null : (JSON.parse(row.idempotencyKey) as string);
  return { body: JSON.parse(String(row.body)), idempotencyKey };
}

/** The columns of the reason. */
export function reasonColumns({ code, message, details }: DomainError) {
  const violations = JSON.stringify(details.violations ?? []).replaceAll(String.raw`\u0000`, "");
  return { code: details.wireCode ?? code, message, violations };
}

export function toRejectedEvent(row: RejectedRow): RejectedEvent {
  const { id, organizationId, action, code, message, createdAt } = row;
  // Written above.
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
  return { kind: isCut(row) ? "cut" : "possible" };
}

function isCut(row: RejectedRow): boolean {
  return String(row.body).endsWith(CUT);
}
