import { z } from "zod";
import { newEvent } from "@/schemas/event";
import { timestampText } from "@/schemas/timestamps";
import { into, optional, wireMetadata } from "./wire";

const party = z.object({ id: z.string(), type: z.string(), name: optional(z.string()), metadata: wireMetadata });

const event = z
  .object({
    action: z.string(),
    occurred_at: timestampText,
    // Absent, null and 0 (which one SDK sends for "not set") mean the first version, not the latest.
    version: z.preprocess((value) => value || 1, z.number()),
    actor: party,
    targets: z.array(party),
    context: z.object({ location: z.string(), user_agent: optional(z.string()) }),
    metadata: wireMetadata,
  })
  .transform(({ occurred_at, context, ...rest }) => ({
    ...rest,
    occurredAt: occurred_at,
    context: { location: context.location, userAgent: context.user_agent },
  }))
  .pipe(into(newEvent));

/** An event for an organization, in the wire's spelling. */
export const eventBody = z.object({ organization_id: z.string(), event });
