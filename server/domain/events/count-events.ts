import type { EventFilters } from "@/schemas/events/event-filters";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { chooseDriver } from "@/server/domain/events/query/leading-filter";
import { boundedSource } from "@/server/domain/events/query/event-source";
import { Parameters } from "@/server/domain/events/query/parameters";

/** What a count goes up to; beyond it nobody waits for a number. */
const CAP = 10_000;
/** Rows looked at for it. */
const LOOKED_AT = 40_000;

/**
 * How many of the organization's events match, up to 10,000; `capped` says that there may be more: beyond 10,000, or
 * beyond the newest 40,000 or so that were looked at. A capped count can be 0.
 * @throws DomainError `unavailable` when counting takes too long
 */
export async function countEvents(
  scope: OrganizationScope,
  filters: EventFilters,
): Promise<{ count: number; capped: boolean }> {
  const organizationPk = scope.organization.pk;
  const driver = await chooseDriver(scope.db, organizationPk, filters, { timeout: READ_TIMEOUT });
  const selection = {
    organizationPk,
    filters,
    order: "newest first",
    after: null,
    receivedBefore: null,
    driver,
  } as const;
  const parameters = new Parameters();
  const { source, stop } = boundedSource(selection, { limit: CAP + 1, bound: LOOKED_AT }, parameters);
  const [row] = await scope.db.query<{ count: number; stopped: boolean | null }>(
    `SELECT (count(*) FILTER (WHERE matches))::int AS count, bool_or(looked = ${stop}) AS stopped
     FROM (SELECT e.matches, e.looked FROM ${source} LIMIT ${CAP + 1}) AS counted`,
    parameters.values,
    { timeout: READ_TIMEOUT },
  );
  const found = row?.count ?? 0;
  return { count: Math.min(found, CAP), capped: found > CAP || row?.stopped === true };
}
