import { hash, randomBytes, randomFillSync } from "node:crypto";
import { ulid, ulidToUUID } from "ulid";

/** The prefixes of every id that leaves the system; WorkOS's own where it has one. */
export type IdPrefix =
  | "workspace"
  | "member"
  | "invitation"
  | "environment"
  | "api_key"
  | "org"
  | "org_domain"
  | "ala"
  | "als"
  | "audit_log_export"
  | "portal_link"
  | "portal_session"
  | "activity"
  | "rejected_event";

/** `<prefix>_<ULID>`, whose order is the order of making, to the millisecond. */
export function newId(prefix: IdPrefix, now: Date): string {
  return `${prefix}_${ulid(now.getTime())}`;
}

/** What is made together, each with an id, so that by their ids they are in the order that they have here. */
export function withNewIds<Made extends object>(
  prefix: IdPrefix,
  now: Date,
  made: readonly Made[],
): (Made & { readonly id: string })[] {
  const ids = made.map(() => newId(prefix, now)).toSorted();
  return made.map((each, at) => ({ ...each, id: String(ids[at]) }));
}

/** Random bytes that no event has taken yet: asking the system for those of one event takes longer than all of its parsing. */
const random = Buffer.alloc(10_240);
const RANDOM_OF_EVENT = 10;
let taken = random.length;

/**
 * An event's id as it is stored: the ULID's 128 bits (48 of time, 80 random) as a uuid. The package asks for each of a
 * ULID's random digits by itself, which ingest notices.
 */
export function newEventUuid(now: Date): string {
  if (taken === random.length) {
    randomFillSync(random);
    taken = 0;
  }
  const ours = random.toString("hex", taken, taken + RANDOM_OF_EVENT);
  taken += RANDOM_OF_EVENT;
  const time = now.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-${ours.slice(0, 4)}-${ours.slice(4, 8)}-${ours.slice(8)}`;
}

const EVENT_PREFIX = "audit_log_event_";
/** Characters of an event's id, and bytes. */
export const EVENT_ID_LENGTH = EVENT_PREFIX.length + 26;
export const UUID_LENGTH = 36;

const PREFIX_BYTES = Buffer.from(EVENT_PREFIX);
const DIGITS = Buffer.from("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
/** The four bits that a character of a uuid stands for. */
const NIBBLES = Uint8Array.from({ length: 256 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);
/** Where these characters are: all but the dashes. */
const PLACES = Uint8Array.from([...Array(UUID_LENGTH).keys()].filter((place) => ![8, 13, 18, 23].includes(place)));

const uuidBytes = Buffer.alloc(UUID_LENGTH);
const idBytes = Buffer.alloc(EVENT_ID_LENGTH);

/** `audit_log_event_<ULID>` for a stored uuid. */
export function eventId(uuid: string): string {
  uuidBytes.write(uuid, "latin1");
  writeEventId(uuidBytes, 0, idBytes, 0);
  return idBytes.toString("latin1");
}

/**
 * Writes the event id of the uuid whose characters begin at `from`, `EVENT_ID_LENGTH` bytes from `at` on. Many times as
 * fast as the package, which a file of a million ids notices.
 */
export function writeEventId(uuid: Uint8Array, from: number, out: Uint8Array, at: number): void {
  for (let n = 0; n < PREFIX_BYTES.length; n += 1) out[at + n] = PREFIX_BYTES[n] ?? 0;
  const nibble = (n: number) => NIBBLES[uuid[from + (PLACES[n] ?? 0)] ?? 0] ?? 0;
  const digit = (bits: number) => DIGITS[bits & 31] ?? 0;
  // 26 digits hold 130 bits: two zeros come first. From the second nibble on, five of them are four digits.
  let to = at + PREFIX_BYTES.length;
  out[to++] = digit(nibble(0) >> 1);
  out[to++] = digit((nibble(0) << 4) | nibble(1));
  for (let n = 2; n < PLACES.length; n += 5) {
    const high = (nibble(n) << 6) | (nibble(n + 1) << 2) | (nibble(n + 2) >> 2);
    const low = (nibble(n + 2) << 8) | (nibble(n + 3) << 4) | nibble(n + 4);
    out[to] = digit(high >> 5);
    out[to + 1] = digit(high);
    out[to + 2] = digit(low >> 5);
    out[to + 3] = digit(low);
    to += 4;
  }
}

/** The stored uuid of an event id, or null when the text is not one. */
export function parseEventId(id: string): string | null {
  if (!/^audit_log_event_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id)) return null;
  return ulidToUUID(id.slice(EVENT_PREFIX.length)).toLowerCase();
}

/** The uuid for an event that takes over the ULID of another thing's id, so that making it twice makes it once. */
export function eventUuidFrom(id: string): string {
  return ulidToUUID(id.slice(id.lastIndexOf("_") + 1)).toLowerCase();
}

/** 256 bits from the system's generator, in base64url (43 characters). */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 of a secret: what is stored in its place. Secrets have 256 random bits, so no slow hash is needed. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash("sha256", secret, "buffer"));
}
