import { idPage, type IdPage, type IdPageQuery, type IdPageRequest } from "@/server/domain/paging/id-page";

/** Characters of JSON on one page, so that reading and sending it does not block the process. A page has at least one item. */
const MAX_PAGE_CHARACTERS = 500_000;

/** SQL for the number of characters of a row of `audit_log_schema`. */
export const SCHEMA_CHARACTERS =
  "length(targets::text) + coalesce(length(actor_metadata::text), 0) + coalesce(length(metadata::text), 0)";

/**
 * Reads a page with fewer items than requested if they are too large together.
 * @param source.sizes Returns the characters of items by ID; an item that is missing has none.
 */
export async function boundedPage<Item extends { readonly id: string }>(
  request: IdPageRequest,
  source: {
    readonly ids: (query: IdPageQuery) => Promise<{ readonly id: string }[]>;
    readonly sizes: (ids: readonly string[]) => Promise<readonly { readonly id: string; readonly size: number }[]>;
    readonly items: (query: IdPageQuery) => Promise<Item[]>;
  },
): Promise<IdPage<Item>> {
  const ids = (await idPage(request, source.ids)).items.map(({ id }) => id);
  const known = new Map((await source.sizes(ids)).map(({ id, size }) => [id, size]));
  const sizes = ids.map((id) => known.get(id) ?? 0);
  // The page begins at either end, depending on the cursor.
  const limit = Math.max(1, Math.min(countFitting(sizes), countFitting(sizes.toReversed())));
  return idPage({ ...request, limit: sizes.length === 0 ? request.limit : limit }, source.items);
}

function countFitting(sizes: readonly number[]): number {
  let total = 0;
  const tooMany = sizes.findIndex((size) => (total += size) > MAX_PAGE_CHARACTERS);
  return tooMany === -1 ? sizes.length : tooMany;
}
