import { z } from "zod";
import { ACTIVITY_KINDS } from "./activity-actions";
import { MAX_ACTIVITY_FILTER_VALUES } from "@/schemas/limits";
import { timestamp } from "@/schemas/timestamps";
import { pageRequest } from "@/schemas/paging";
import { storableText } from "@/schemas/text";

export const activityRequest = pageRequest
  .extend({
    from: timestamp,
    to: timestamp,
    kinds: z.array(z.enum(ACTIVITY_KINDS)).max(ACTIVITY_KINDS.length).default([]),
    /** IDs of principals. */
    actorIds: z.array(storableText(100)).max(MAX_ACTIVITY_FILTER_VALUES).default([]),
    organizationIds: z.array(storableText(100)).max(MAX_ACTIVITY_FILTER_VALUES).default([]),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "must be later than from" });
export type ActivityRequest = z.output<typeof activityRequest>;

/** One entry of the activity. `details` depends on the action; entries of older versions can lack values. */
export interface ActivityEntry {
  readonly id: string;
  readonly action: string;
  readonly actor: { readonly type: string; readonly id: string; readonly name: string };
  readonly organization: { readonly id: string; readonly name: string; readonly deleted: boolean } | null;
  readonly details: Readonly<Record<string, string | number | null>>;
  readonly occurredAt: Date;
}

/** A principal with at least one entry. */
export interface ActivityActor {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}
