import { keysetPage, type KeysetPage, type KeysetRequest } from "./keyset-page";

/** A page of a list in the order of ids, which is the order of making; the cursors are ids. */
export type IdPageRequest = KeysetRequest;
export type IdPage<Item> = KeysetPage<Item>;

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
  return keysetPage(
    request,
    ({ order, cursor, take }) => {
      const where = cursor === null ? {} : { id: order === "desc" ? { lt: cursor } : { gt: cursor } };
      return read({ where, orderBy: { id: order }, take });
    },
    (item) => item.id,
  );
}
