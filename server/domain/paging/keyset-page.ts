/**
 * Requests a page of a list in chronological order. With `desc`, items are newest first and `after` leads to older ones;
 * `asc` is the reverse. `normal` is WorkOS's default: newest first, too, but `before` leads to older items. If both
 * cursors are given, `after` wins.
 */
export interface KeysetRequest {
  readonly order: "asc" | "desc" | "normal";
  readonly before: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** `before` and `after` are null if there are no more items in that direction. */
export interface KeysetPage<Item> {
  readonly items: readonly Item[];
  readonly before: string | null;
  readonly after: string | null;
}

/** Asks for the first `take` items after the cursor (null: from the start) in the given order. */
export interface KeysetQuery {
  readonly order: "asc" | "desc";
  readonly cursor: string | null;
  readonly take: number;
}

/** Reads one page; `read` returns the items of a query, and `cursorOf` the cursor of an item. */
export async function keysetPage<Item>(
  request: KeysetRequest,
  read: (query: KeysetQuery) => Promise<readonly Item[]>,
  cursorOf: (item: Item) => string,
): Promise<KeysetPage<Item>> {
  if (request.order === "normal") {
    const mirrored = { order: "desc", before: request.after, after: request.before, limit: request.limit } as const;
    const page = await keysetPage(mirrored, read, cursorOf);
    return { items: page.items, before: page.after, after: page.before };
  }
  const backwards = request.after === null && request.before !== null;
  const cursor = request.after ?? request.before;
  const descending = (request.order === "desc") !== backwards;
  const found = await read({ order: descending ? "desc" : "asc", cursor, take: request.limit + 1 });
  const hasMore = found.length > request.limit;
  const items = found.slice(0, request.limit);
  if (backwards) items.reverse();
  const [first, last] = [items[0], items.at(-1)];
  return {
    items,
    before: first !== undefined && (backwards ? hasMore : cursor !== null) ? cursorOf(first) : null,
    after: last !== undefined && (backwards || hasMore) ? cursorOf(last) : null,
  };
}
