import { z } from "zod";
import { EVENT_LIMITS } from "@/schemas/limits";
import { recordOf } from "@/schemas/record";
import { timestamp } from "@/schemas/timestamps";
import { requiredText, storableText } from "@/schemas/text";

const metadataValue = z.union([storableText(EVENT_LIMITS.metadataStringLength), z.number(), z.boolean()], {
  error: "must be a string, a number or a boolean",
});

export const METADATA_KEY = /^[a-zA-Z0-9_-]{0,40}$/;

/** The customer's own data. Its keys are never transformed. */
export const metadata = recordOf(
  z.string().regex(METADATA_KEY, "must be at most 40 letters, digits, '_' or '-'"),
  metadataValue,
).refine(
  (value) => Object.keys(value).length <= EVENT_LIMITS.metadataKeys,
  `must have at most ${EVENT_LIMITS.metadataKeys} keys`,
);
export type Metadata = z.output<typeof metadata>;

const party = z.object({
  id: requiredText(EVENT_LIMITS.textLength),
  type: requiredText(EVENT_LIMITS.textLength),
  name: storableText(EVENT_LIMITS.textLength).nullable(),
  metadata: metadata.nullable(),
});
export type EventParty = z.output<typeof party>;

export const actionName = requiredText(EVENT_LIMITS.textLength).refine(
  (name) => !name.includes("/"),
  "must not contain '/'",
);

/** An event to store. Optional values that the sender left out are null. */
export const newEvent = z.object({
  action: actionName,
  /** The version of the action's schema. */
  version: z.number().int("must be a whole number").min(1).max(EVENT_LIMITS.version),
  occurredAt: timestamp.refine(
    (occurredAt) => occurredAt < EVENT_LIMITS.occurredBefore,
    `must be before ${EVENT_LIMITS.occurredBefore.toISOString()}`,
  ),
  actor: party,
  targets: z.array(party).max(EVENT_LIMITS.targets, `must be at most ${EVENT_LIMITS.targets} targets`),
  context: z.object({
    location: storableText(EVENT_LIMITS.textLength),
    userAgent: storableText(EVENT_LIMITS.userAgentLength).nullable(),
  }),
  metadata: metadata.nullable(),
});
export type NewEvent = z.output<typeof newEvent>;

/** A stored event. */
export interface AuditLogEvent extends NewEvent {
  /** `audit_log_event_<ULID>` */
  readonly id: string;
  readonly receivedAt: Date;
}
