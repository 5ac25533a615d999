import type { EventFilters, FilterField } from "@/schemas/event-filters";
import type { Database, OrganizationScope, QueryOptions } from "@/server/services";
import { type EventSelection, eventSource, Parameters } from "./event-query";

/** Rows beyond which one filter is as frequent as another. */
const MANY = 2001;
/** Milliseconds. */
const PATIENCE = 5_000;

/** Where two filters are as frequent as one another, the earlier is taken. */
const PREFERENCE: readonly FilterField[] = ["actorIds", "actorNames", "actions", "targetTypes"];

/** The filter with the fewest rows in the range, by counting each up to a cap; null when nothing is filtered. */
export async function chooseDriver(
  db: Database,
  organizationPk: number,
  filters: EventFilters,
  options?: QueryOptions,
): Promise<FilterField | null> {
  const fields = PREFERENCE.filter((field) => filters[field].length > 0);
  if (fields.length <= 1) return fields[0] ?? null;

  const parameters = new Parameters();
  const counts = fields.map((field) => {
    const alone = { ...filters, actions: [], actorIds: [], actorNames: [], targetTypes: [], [field]: filters[field] };
    const selection = {
      organizationPk,
      filters: alone,
      order: "newest first",
      after: null,
      receivedBefore: null,
      driver: field,
    } as const;
    return `(SELECT count(*) FROM (SELECT FROM ${eventSource(selection, MANY, parameters)} LIMIT ${MANY}) AS counted)::int`;
  });
  const statement = `SELECT ARRAY[${counts.join(", ")}] AS counts`;
  const [row] = await db.query<{ counts: number[] }>(statement, parameters.values, options);
  const found = row?.counts ?? [];
  return fields[found.indexOf(Math.min(...found))] ?? null;
}

/**
 * What a screen shows first: the organization's newest events, by the cheapest way to them.
 * @throws DomainError `unavailable` when even choosing the way takes too long
 */
export async function newestFirst(scope: OrganizationScope, filters: EventFilters): Promise<EventSelection> {
  const organizationPk = scope.organization.pk;
  const driver = await chooseDriver(scope.db, organizationPk, filters, { timeout: PATIENCE });
  return { organizationPk, filters, order: "newest first", after: null, receivedBefore: null, driver };
}
