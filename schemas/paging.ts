import { z } from "zod";
import { PAGE_LIMIT } from "./limits";
import { storableText } from "./text";

/** A page of a list. Pass `next` as `cursor` to get the next page; it is null on the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** A count that stops at a limit. If `capped`, there are more than `count`. */
export interface CappedCount {
  readonly count: number;
  readonly capped: boolean;
}

export const pageRequest = z.object({
  cursor: storableText(200).nullish(),
  limit: z.number().int().min(1).max(PAGE_LIMIT.max).default(PAGE_LIMIT.default),
});
