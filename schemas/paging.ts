import { z } from "zod";
import { PAGE_LIMIT } from "./limits";
import { storableText } from "./text";

/** `next` is null on the last page; otherwise it is given back as `cursor`, unread. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Exact unless `capped`: then there are more than `count`. */
export interface CappedCount {
  readonly count: number;
  readonly capped: boolean;
}

export const pageRequest = z.object({
  cursor: storableText(200).nullish(),
  limit: z.number().int().min(1).max(PAGE_LIMIT.max).default(PAGE_LIMIT.default),
});
