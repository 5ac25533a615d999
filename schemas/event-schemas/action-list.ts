import { z } from "zod";
import { EVENT_LIMITS } from "@/schemas/limits";
import { pageRequest } from "@/schemas/paging";
import { storableText } from "@/schemas/text";

const ACTION_KINDS = ["all", "configured", "unconfigured"] as const;

/** `unconfigured`: seen in events, without a schema. */
export const actionsRequest = pageRequest.extend({
  cursor: storableText(EVENT_LIMITS.textLength).nullish(),
  search: storableText(200).default(""),
  which: z.enum(ACTION_KINDS).default("all"),
});
export type ActionsRequest = z.output<typeof actionsRequest>;

/** An action as it stands in a list. */
export interface ListedAction {
  readonly name: string;
  /** The newest version of its schema; null for one that was only seen in events. */
  readonly version: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
