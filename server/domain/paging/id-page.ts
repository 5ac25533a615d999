/**
 * A page of a list in the order of ids (which is the order of making). `desc` is newest first and `after` leads to
 * older rows; `asc` is its mirror. `normal` is WorkOS's default: newest first as well, but there `before` leads to
 * older rows.
 */
export interface IdPageRequest {
  readonly order: "asc" | "desc" | "normal";
  readonly before: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** `before` and `after` are null where nothing more lies in that direction. */
export interface IdPage<Item> {
  readonly items: readonly Item[];
  readonly before: string | null;
  readonly after: string | null;
}

/** What the page's rows are read with, in Prisma's words. */
export interface IdPageQuery {
  readonly where: { id?: { lt?: string; gt?: string } };
  readonly orderBy: { id: "asc" | "desc" };
  readonly take: number;
}

/** Reads one page; `read` is given the bounds and answers rows in the order that it was asked for. */
export async function idPage<Item extends { readonly id: string }>(
  request: IdPageRequest,
  read: (query: IdPageQuery) => Promise<Item[]>,
): Promise<IdPage<Item>> {
  if (request.order === "normal") {
    const page = await idPage({ order: "desc", before: request.after, after: request.before, limit: request.limit }, read);
    return { items: page.items, before: page.after, after: page.before };
  }
  const backwards = request.after === null && request.before !== null;
  const cursor = request.after ?? request.before;
  const descending = (request.order === "desc") !== backwards;
  const bound = cursor === null ? {} : { id: descending ? { lt: cursor } : { gt: cursor } };
  const rows = await read({ where: bound, orderBy: { id: descending ? "desc" : "asc" }, take: request.limit + 1 });
  const hasMore = rows.length > request.limit;
  const items = rows.slice(0, request.limit);
  if (backwards) items.reverse();
  const moreAfter = backwards ? true : hasMore;
  const moreBefore = backwards ? hasMore : cursor !== null;
  return {
    items,
    before: moreBefore ? (items[0]?.id ?? null) : null,
    after: moreAfter ? (items.at(-1)?.id ?? null) : null,
  };
}
