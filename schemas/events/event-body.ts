import { z } from "zod";
import { EVENT_LIMITS } from "@/schemas/limits";
import { newEvent } from "./event";
import { timestampText } from "@/schemas/timestamps";
import { described, id, into, optional, wireMetadata } from "@/schemas/wire";

const metadata = wireMetadata.describe(
  `At most ${EVENT_LIMITS.metadataKeys} keys of at most 40 letters, digits, '_' or '-'; values are texts of at most ` +
    `${EVENT_LIMITS.metadataStringLength} characters, numbers or booleans.`,
);
const party = z.object({ id: z.string(), type: z.string(), name: optional(z.string()), metadata });

/** An event alone, in the wire's spelling. */
export const sentEvent = z
  .object({
    action: z.string().describe("What happened, such as `user.signed_in`; without '/'."),
    occurred_at: described(
      timestampText,
      z.string().describe("Any ISO-8601 date and time; without an offset it is UTC. Kept to the millisecond."),
    ),
    version: described(
      z.preprocess((value) => value || 1, z.number()),
      z.number().int().default(1).describe("Of the action's schema. Absent, null and 0 are the first, not the newest."),
    ),
    actor: party,
    targets: z.array(party).describe(`At most ${EVENT_LIMITS.targets}.`),
    context: z.object({
      location: z.string().describe("As a rule an IP address."),
      user_agent: optional(z.string()),
    }),
    metadata,
  })
  .transform(({ occurred_at, context, ...rest }) => ({
    ...rest,
    occurredAt: occurred_at,
    context: { location: context.location, userAgent: context.user_agent },
  }))
  .pipe(into(newEvent));

/** An event for an organization, in the wire's spelling. */
export const eventBody = z.object({ organization_id: id, event: sentEvent });

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
