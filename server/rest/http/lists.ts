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

const orders =
  "`desc`: newest first, `after` leads to older items. `asc`: oldest first, `after` leads to newer items. `normal`, " +
  "WorkOS's default: newest first, but `before` leads to older items.";

/** The query parameters of every list. */
export const listParameters = {
  before: described(
    last,
    z.string().describe("A cursor from `list_metadata`. Returns the items before it, in the list's order."),
  ),
  after: described(
    last,
    z.string().describe("A cursor from `list_metadata`. Returns the items after it, in the list's order."),
  ),
  limit: described(last, pageRequest.shape.limit),
  order: described(last, pageRequest.shape.order.describe(orders)),
};

/** Converts `listParameters` to the domain's names. */
export function listRequest(wire: Partial<Record<keyof typeof listParameters, string | undefined>>) {
  return {
    // The example of one SDK sends this if no order is given.
    order: wire.order === "null" ? undefined : wire.order,
    before: wire.before ?? null,
    after: wire.after ?? null,
    limit: wire.limit === undefined ? undefined : Number(wire.limit),
  };
}

/** The query of a list without other parameters. */
export const listQuery = z.object(listParameters).partial().transform(listRequest).pipe(into(pageRequest));

/** The query of lists that WorkOS does not have. Their default order is `desc`, so `after` leads to the next page. */
export const ownPageRequest = pageRequest.extend({ order: pageRequest.shape.order.unwrap().default("desc") });
export const ownListParameters = {
  ...listParameters,
  order: described(last, ownPageRequest.shape.order.describe(orders)),
};

/** The schema of `listObject`'s result. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const ends = z.object({ before: z.string().nullable(), after: z.string().nullable() });
  return z.object({
    object: z.literal("list"),
    data: z.array(item),
    list_metadata: ends.describe("Cursors to the previous and next page; null at the ends."),
    listMetadata: ends.describe("The same, for older SDKs."),
  });
}

/** Creates WorkOS's list object, with the cursors under both names: some SDK versions read one, some the other. */
export function listObject<Item, Wire>(page: IdPage<Item>, toWire: (item: Item) => Wire) {
  const metadata = { before: page.before, after: page.after };
  return { object: "list" as const, data: page.items.map(toWire), list_metadata: metadata, listMetadata: metadata };
}
