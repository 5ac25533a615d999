import type { EventFilters } from "@/schemas/events/event-filters";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { boundedSource } from "@/server/domain/events/query/event-source";
import { chooseLeadingFilter } from "@/server/domain/events/query/leading-filter";
import { Parameters } from "@/server/domain/events/query/parameters";

/** A count stops here; no one waits for an exact larger number. */
const MAX_COUNT = 10_000;
const MAX_SCANNED_ROWS = 40_000;

/**
 * Counts the organization's matching events, up to 10,000. `capped` means that there can be more: either more than 10,000
 * match, or the scan stopped after about the newest 40,000 rows. A capped count can be 0.
 * @throws DomainError `unavailable` on timeout
 */
export async function countEvents(
  scope: OrganizationScope,
  filters: EventFilters,
): Promise<{ count: number; capped: boolean }> {
  const organizationPk = scope.organization.pk;
  const leadingFilter = await chooseLeadingFilter(scope.db, organizationPk, filters, { timeout: READ_TIMEOUT });
  const selection = {
    organizationPk,
    filters,
    order: "newest first",
    after: null,
    receivedBefore: null,
    leadingFilter,
  } as const;
  const parameters = new Parameters();
  const bounds = { limit: MAX_COUNT + 1, bound: MAX_SCANNED_ROWS };
  const { source, stop } = boundedSource(selection, bounds, parameters);
  const [row] = await scope.db.query<{ count: number; stopped: boolean | null }>(
    `SELECT (count(*) FILTER (WHERE matches))::int AS count, bool_or(scanned = ${stop}) AS stopped
     FROM (SELECT e.matches, e.scanned FROM ${source} LIMIT ${MAX_COUNT + 1}) AS counted`,
    parameters.values,
    { timeout: READ_TIMEOUT },
  );
  const found = row?.count ?? 0;
  return { count: Math.min(found, MAX_COUNT), capped: found > MAX_COUNT || row?.stopped === true };
}
