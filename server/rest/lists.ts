import { z } from "zod";
import type { IdPage } from "@/server/domain/paging/id-page";
import { into } from "./wire";

/** The last value of a query parameter that may be repeated; empty counts as absent. */
export const last = z.array(z.string()).transform((values) => values.at(-1) || undefined);

const idPageRequest = z.object({
  order: z.enum(["asc", "desc", "normal"]).default("normal"),
  before: z.string().max(100).nullable().default(null),
  after: z.string().max(100).nullable().default(null),
  limit: z.number().int().min(1).max(100).default(10),
});

/** The wire's spelling of what every list takes. */
export const listParameters = { order: last, before: last, after: last, limit: last };

/** What `listParameters` say, for the domain; an absent order is WorkOS's `normal`. */
export function listRequest(wire: Partial<Record<keyof typeof listParameters, string | undefined>>) {
  return {
    order: wire.order === undefined || wire.order === "null" ? "normal" : wire.order,
    before: wire.before ?? null,
    after: wire.after ?? null,
    limit: wire.limit === undefined ? undefined : Number(wire.limit),
  };
}

/** The query of a list that takes nothing else. */
export const listQuery = z.object(listParameters).partial().transform(listRequest).pipe(into(idPageRequest));

/** A list as the contract has it; in both spellings, since one generation of SDKs reads the one, another the other. */
export function listObject<Item>(page: IdPage<Item>, toWire: (item: Item) => object) {
  const metadata = { before: page.before, after: page.after };
  return { object: "list", data: page.items.map(toWire), list_metadata: metadata, listMetadata: metadata };
}
