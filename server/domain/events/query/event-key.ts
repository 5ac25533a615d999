import { isWithinAllTime } from "@/schemas/limits";
import { DomainError } from "@/server/kernel/errors";

/** The sort key of lists and files: events are ordered by the time they occurred, then by ID. */
export interface EventKey {
  readonly occurredAt: Date;
  readonly uuid: string;
}

const SHAPE = /^(-?\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Encodes the key as an opaque cursor. */
export function encodeEventKey(key: EventKey): string {
  return Buffer.from(`${key.occurredAt.getTime()}.${key.uuid}`).toString("base64url");
}

/**
 * Decodes a cursor that `encodeEventKey` created.
 * @param field the request's parameter that contained the cursor
 * @throws DomainError `invalid_input` for any other text
 */
export function decodeEventKey(cursor: string, field = "cursor"): EventKey {
  const [, milliseconds, uuid] = SHAPE.exec(Buffer.from(cursor, "base64url").toString("latin1")) ?? [];
  const time = Number(milliseconds);
  if (uuid === undefined || !isWithinAllTime(time)) {
    const message = "Invalid cursor. Start again from the first page.";
    throw new DomainError("invalid_input", message, { violations: [{ code: "invalid_cursor", field, message }] });
  }
  return { occurredAt: new Date(time), uuid };
}
