import { z } from "zod";
import { EVENT_LIMITS } from "@/schemas/limits";
import { newEvent } from "./event";
import { timestampText } from "@/schemas/timestamps";
import { described, id, into, optional, wireMetadata } from "@/schemas/wire";

const metadata = wireMetadata.describe(
  `Up to ${EVENT_LIMITS.metadataKeys} keys of up to 40 letters, digits, '_' or '-'. Values are numbers, booleans or strings ` +
    `of up to ${EVENT_LIMITS.metadataStringLength} characters. A number is rejected if a 64-bit floating-point number would ` +
    "change its value, such as 9007199254740993; send it as a string.",
);
const party = z.object({ id: z.string(), type: z.string(), name: optional(z.string()), metadata });
const context = z.object({
  location: z.string().describe("Usually an IP address."),
  user_agent: optional(z.string()),
});
const fields = z.object({
  action: z.string().describe("What happened, such as `user.signed_in`. Must not contain '/'."),
  occurred_at: described(timestampText, z.string().describe("ISO 8601; UTC if no offset. Truncated to milliseconds.")),
  version: described(
    z.preprocess((value) => value || 1, z.number()),
    z.number().int().default(1).describe("Schema version; defaults to 1, not the newest. null and 0 also mean 1."),
  ),
  actor: party,
  targets: z.array(party).describe(`Up to ${EVENT_LIMITS.targets}.`),
  context,
  metadata,
});

/** An event without its organization, as in a request body. */
export const sentEvent = fields
  .transform(({ occurred_at, context, ...rest }) => ({
    ...rest,
    occurredAt: occurred_at,
    context: { location: context.location, userAgent: context.user_agent },
  }))
  .pipe(into(newEvent));

/** An event with its organization, as a request body. */
const body = z.object({
  organization_id: id,
  event: sentEvent,
  idempotency_key: optional(
    z
      .string({ error: "must be a string" })
      .describe("Specific to Trailport. The same as the header `Idempotency-Key`, for this event."),
  ),
});
export const eventBody = z.preprocess((value, context) => {
  const path = misplacedKeyPath(value);
  if (path) context.addIssue({ code: "custom", path: [...path], message: MISPLACED_KEY, input: value });
  return value;
}, body);

/** The names of all fields of a request body and its parts. Metadata has any names. */
export const EVENT_FIELDS = {
  body: new Set(Object.keys(body.shape)),
  event: new Set(Object.keys(fields.shape)),
  party: new Set(Object.keys(party.shape)),
  context: new Set(Object.keys(context.shape)),
} as const;

const MISPLACED_KEY = "is not read here: send `idempotency_key` next to `event`, or the header `Idempotency-Key`";
/** Other spellings of the idempotency key. Checking the length first makes other names cost nothing. */
const KEY_NAME = /^(?:x[_-]?)?idempoten(?:cy|ce|t)(?:[_-]?(?:key|id|token))?$/i;
const KEY_NAME_LENGTH = { min: "idempotent".length, max: "x-idempotency-token".length };

/**
 * Returns the path of an idempotency key with another name or place than the one that counts, or null. Ignoring it would
 * store an event twice.
 */
export function misplacedKeyPath(body: unknown): readonly string[] | null {
  if (!isObject(body)) return null;
  for (const name in body) if (name !== "idempotency_key" && isKeyName(name) && body[name]) return [name];
  const { event } = body;
  if (!isObject(event)) return null;
  for (const name in event) if (isKeyName(name) && event[name]) return ["event", name];
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isKeyName(name: string): boolean {
  return name.length >= KEY_NAME_LENGTH.min && name.length <= KEY_NAME_LENGTH.max && KEY_NAME.test(name);
}

export const exampleEvent = {
  organization_id: "org_01EHWNCE74X7JSDV0X3SZ3KJNY",
  event: {
    action: "user.signed_in",
    occurred_at: "2026-11-22T09:30:00.000Z",
    actor: { id: "user_1", type: "user", name: "Ada Lovelace", metadata: { role: "admin" } },
    targets: [{ id: "team_1", type: "team", name: "Engines" }],
    context: { location: "203.0.113.7", user_agent: "Chrome/141" },
    metadata: { method: "sso" },
  },
};
