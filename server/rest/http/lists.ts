import { z } from "zod";
import { storableText } from "@/schemas/text";
import { described, into, last } from "@/schemas/wire";
import type { IdPage } from "@/server/domain/paging/id-page";

const cursor = storableText(200).nullable().default(null);

const pageRequest = z.object({
  order: z.enum(["asc", "desc", "normal"]).default("normal"),
  before: cursor,
  after: cursor,
  limit: z.number().int().min(1).max(100).default(10),
});

/** The wire's spelling of what every list takes. */
export const listParameters = {
  before: described(
    last,
    z.string().describe("A cursor from `list_metadata`: what stands before it in the list's order."),
  ),
  after: described(
    last,
    z.string().describe("A cursor from `list_metadata`: what stands after it in the list's order."),
  ),
  limit: described(last, pageRequest.shape.limit),
  order: described(
    last,
    pageRequest.shape.order.describe(
      "`desc` is newest first and `after` leads to older ones; `asc` is its mirror. `normal`, WorkOS's default, is newest " +
        "first as well, but there it is `before` that leads to older ones.",
    ),
  ),
};

/** What `listParameters` say, for the domain. */
export function listRequest(wire: Partial<Record<keyof typeof listParameters, string | undefined>>) {
  return {
    // One SDK's example spells an order that was not given so.
    order: wire.order === "null" ? undefined : wire.order,
    before: wire.before ?? null,
    after: wire.after ?? null,
    limit: wire.limit === undefined ? undefined : Number(wire.limit),
  };
}

/** The query of a list that takes nothing else. */
export const listQuery = z.object(listParameters).partial().transform(listRequest).pipe(into(pageRequest));

/** What a list of Trailport's own is asked with: without an order it is newest first, and `after` leads on. */
export const ownPageRequest = pageRequest.extend({ order: pageRequest.shape.order.unwrap().default("desc") });
export const ownListParameters = { ...listParameters, order: described(last, ownPageRequest.shape.order) };

/** The schema of `listObject`'s answer. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const ends = z.object({ before: z.string().nullable(), after: z.string().nullable() });
  return z.object({
    object: z.literal("list"),
    data: z.array(item),
    list_metadata: ends.describe("Cursors to the neighbouring pages; null at the ends."),
    listMetadata: ends.describe("The same, as older SDKs read it."),
  });
}

/** A list as the contract has it; in both spellings, since one generation of SDKs reads the one, another the other. */
export function listObject<Item, Wire>(page: IdPage<Item>, toWire: (item: Item) => Wire) {
  const metadata = { before: page.before, after: page.after };
  return { object: "list" as const, data: page.items.map(toWire), list_metadata: metadata, listMetadata: metadata };
}
