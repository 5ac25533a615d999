import { isWithinAllTime } from "@/schemas/limits";
import { DomainError } from "@/server/kernel/errors";

/** Where an event stands in the order of every list and file: by the time it happened, then by id. */
export interface EventKey {
  readonly occurredAt: Date;
  readonly uuid: string;
}

const SHAPE = /^(-?\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The key as an opaque text for cursors. */
export function encodeEventKey(key: EventKey): string {
  return Buffer.from(`${key.occurredAt.getTime()}.${key.uuid}`).toString("base64url");
}

/** @throws DomainError `invalid_input`, with the name of the parameter, for a text that `encodeEventKey` did not make */
export function decodeEventKey(cursor: string, field = "cursor"): EventKey {
  const [, milliseconds, uuid] = SHAPE.exec(Buffer.from(cursor, "base64url").toString("latin1")) ?? [];
  const time = Number(milliseconds);
  if (uuid === undefined || !isWithinAllTime(time)) {
    const message = "The cursor is not one that this list gave out. Start again from the first page.";
    throw new DomainError("invalid_input", message, { violations: [{ code: "invalid_cursor", field, message }] });
  }
  return { occurredAt: new Date(time), uuid };
}
