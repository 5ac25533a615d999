import { z } from "zod";
import { EVENT_LIMITS } from "@/schemas/limits";
import { pageRequest } from "@/schemas/paging";
import { storableText } from "@/schemas/text";

const ACTION_KINDS = ["all", "configured", "unconfigured"] as const;

/** A page of actions. `unconfigured` actions were seen in events and have no schema yet. */
export const actionsRequest = pageRequest.extend({
  cursor: storableText(EVENT_LIMITS.textLength).nullish(),
  search: storableText(200).default(""),
  which: z.enum(ACTION_KINDS).default("all"),
});
export type ActionsRequest = z.output<typeof actionsRequest>;

/** A row of the list of actions. */
export interface ListedAction {
  readonly name: string;
  /** The newest version of the schema, or null without a schema. */
  readonly version: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
