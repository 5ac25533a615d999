import { hash, randomBytes, randomFillSync } from "node:crypto";
import { ulidToUUID } from "ulid";

/** The prefixes of all public IDs; the same as WorkOS's where it has one. */
export type IdPrefix =
  | "workspace"
  | "member"
  | "member_session"
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

/** Returns `<prefix>_<ULID>`. IDs sort by creation time with millisecond precision. */
export function newId(prefix: IdPrefix, now: Date): string {
  return `${prefix}_${eventId(newEventUuid(now)).slice(EVENT_PREFIX.length)}`;
}

/** Adds an ID to each item, so that sorting by ID keeps the order of the items. */
export function withNewIds<Item extends object>(
  prefix: IdPrefix,
  now: Date,
  items: readonly Item[],
): (Item & { readonly id: string })[] {
  const ids = items.map(() => newId(prefix, now)).toSorted();
  return items.map((item, index) => ({ ...item, id: String(ids[index]) }));
}

/** A pool of random bytes: requesting them from the system for each event takes longer than parsing the event. */
const random = Buffer.alloc(10_240);
const RANDOM_BYTES_PER_EVENT = 10;
let used = random.length;

/**
 * Returns a new event ID as stored: the ULID's 128 bits (48 of time, 80 random) as a UUID. The `ulid` package requests each
 * random digit on its own, which slows down ingest.
 */
export function newEventUuid(now: Date): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const randomHex = random.toString("hex", used, used + RANDOM_BYTES_PER_EVENT);
  used += RANDOM_BYTES_PER_EVENT;
  const time = now.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-${randomHex.slice(0, 4)}-${randomHex.slice(4, 8)}-${randomHex.slice(8)}`;
}

const EVENT_PREFIX = "audit_log_event_";
/** The length of an event ID in characters and in bytes. */
export const EVENT_ID_LENGTH = EVENT_PREFIX.length + 26;
export const UUID_LENGTH = 36;

const PREFIX_BYTES = Buffer.from(EVENT_PREFIX);
const DIGITS = Buffer.from("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
/** The four bits of each hex character, by character code. */
const NIBBLES = Uint8Array.from({ length: 256 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);
/** The positions of a UUID's hex characters, without the dashes. */
const HEX_POSITIONS = Uint8Array.from(
  [...Array(UUID_LENGTH).keys()].filter((position) => ![8, 13, 18, 23].includes(position)),
);

const uuidBytes = Buffer.alloc(UUID_LENGTH);
const idBytes = Buffer.alloc(EVENT_ID_LENGTH);

/** Returns `audit_log_event_<ULID>` for a stored UUID. */
export function eventId(uuid: string): string {
  uuidBytes.write(uuid, "latin1");
  writeEventId(uuidBytes, 0, idBytes, 0);
  return idBytes.toString("latin1");
}

/**
 * Reads the UUID at offset `from` of `uuid` and writes its event ID, `EVENT_ID_LENGTH` bytes, at offset `at` of `out`. Many
 * times faster than the `ulid` package, which matters for exports with a million IDs.
 */
export function writeEventId(uuid: Uint8Array, from: number, out: Uint8Array, at: number): void {
  for (let n = 0; n < PREFIX_BYTES.length; n += 1) out[at + n] = PREFIX_BYTES[n] ?? 0;
  const nibble = (n: number) => NIBBLES[uuid[from + (HEX_POSITIONS[n] ?? 0)] ?? 0] ?? 0;
  const digit = (bits: number) => DIGITS[bits & 31] ?? 0;
  // 26 base-32 digits hold 130 bits, so two zero bits come first. From the third nibble on, five nibbles are four digits.
  let to = at + PREFIX_BYTES.length;
  out[to++] = digit(nibble(0) >> 1);
  out[to++] = digit((nibble(0) << 4) | nibble(1));
  for (let n = 2; n < HEX_POSITIONS.length; n += 5) {
    const high = (nibble(n) << 6) | (nibble(n + 1) << 2) | (nibble(n + 2) >> 2);
    const low = (nibble(n + 2) << 8) | (nibble(n + 3) << 4) | nibble(n + 4);
    out[to] = digit(high >> 5);
    out[to + 1] = digit(high);
    out[to + 2] = digit(low >> 5);
    out[to + 3] = digit(low);
    to += 4;
  }
}

/** Returns the stored UUID of an event ID, or null if the text is not an event ID. */
export function parseEventId(id: string): string | null {
  if (!/^audit_log_event_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id)) return null;
  return ulidToUUID(id.slice(EVENT_PREFIX.length)).toLowerCase();
}

/** Returns the UUID with the ULID of another object's ID: an event created with it twice is stored once. */
export function eventUuidFrom(id: string): string {
  return ulidToUUID(id.slice(id.lastIndexOf("_") + 1)).toLowerCase();
}

/** Returns 256 random bits in base64url (43 characters). */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Returns the SHA-256 that is stored instead of a secret. Secrets have 256 random bits, so no slow hash is needed. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash("sha256", secret, "buffer"));
}
