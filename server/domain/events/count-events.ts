import type { EventFilters } from "@/schemas/event-filters";
import type { OrganizationScope } from "@/server/services";
import { newestFirst } from "./choose-driver";
import { eventSource, Parameters } from "./event-query";

/** What a count goes up to; beyond it nobody waits for a number. */
const CAP = 10_000;
/** Milliseconds after which counting is given up. */
const PATIENCE = 5_000;

/**
 * How many of the organization's events match, up to 10,000; `capped` says that there are more.
 * @throws DomainError `unavailable` when counting takes too long
 */
export async function countEvents(
  scope: OrganizationScope,
  filters: EventFilters,
): Promise<{ count: number; capped: boolean }> {
  const parameters = new Parameters();
  const source = eventSource(await newestFirst(scope, filters), CAP + 1, parameters);
  const [row] = await scope.db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM ${source} LIMIT ${CAP + 1}) AS counted`,
    parameters.values,
    { timeout: PATIENCE },
  );
  const found = row?.count ?? 0;
  return { count: Math.min(found, CAP), capped: found > CAP };
}
