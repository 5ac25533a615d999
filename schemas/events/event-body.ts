import { z } from "zod";
import { EVENT_LIMITS } from "@/schemas/limits";
import { newEvent } from "./event";
import { timestampText } from "@/schemas/timestamps";
import { described, id, into, optional, wireMetadata } from "@/schemas/wire";

const metadata = wireMetadata.describe(
  `Up to ${EVENT_LIMITS.metadataKeys} keys of up to 40 letters, digits, '_' or '-'. Values are numbers, booleans or strings ` +
    `of up to ${EVENT_LIMITS.metadataStringLength} characters.`,
);
const party = z.object({ id: z.string(), type: z.string(), name: optional(z.string()), metadata });

/** An event without its organization, as in a request body. */
export const sentEvent = z
  .object({
    action: z.string().describe("What happened, such as `user.signed_in`. Must not contain '/'."),
    occurred_at: described(
      timestampText,
      z.string().describe("ISO 8601; UTC if no offset. Truncated to milliseconds."),
    ),
    version: described(
      z.preprocess((value) => value || 1, z.number()),
      z.number().int().default(1).describe("Schema version; defaults to 1, not the newest. null and 0 also mean 1."),
    ),
    actor: party,
    targets: z.array(party).describe(`Up to ${EVENT_LIMITS.targets}.`),
    context: z.object({
      location: z.string().describe("Usually an IP address."),
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

/** An event with its organization, as a request body. */
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
