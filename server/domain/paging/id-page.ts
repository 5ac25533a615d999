import { keysetPage, type KeysetPage, type KeysetRequest } from "./keyset-page";

/** Requests a page in order of IDs, which is the order of creation; cursors are IDs. */
export type IdPageRequest = KeysetRequest;
export type IdPage<Item> = KeysetPage<Item>;

/** The bounds of a page as arguments of Prisma's `findMany`. */
export interface IdPageQuery {
  readonly where: { id?: { lt?: string; gt?: string } };
  readonly orderBy: { id: "asc" | "desc" };
  readonly take: number;
}

/** Reads one page; `read` returns the rows within the given bounds in the given order. */
export async function idPage<Item extends { readonly id: string }>(
  request: IdPageRequest,
  read: (query: IdPageQuery) => Promise<Item[]>,
): Promise<IdPage<Item>> {
  return keysetPage(
    request,
    ({ order, cursor, take }) => {
      const where = cursor === null ? {} : { id: order === "desc" ? { lt: cursor } : { gt: cursor } };
      return read({ where, orderBy: { id: order }, take });
    },
    (item) => item.id,
  );
}
