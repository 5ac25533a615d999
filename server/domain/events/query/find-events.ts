import { FILTER_FIELDS } from "@/schemas/events/event-filter-fields";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { EventKey } from "./event-key";
import { EVENT_COLUMNS, type StoredEvent } from "./event-row";
import { type EventSelection, orderBy } from "./event-selection";
import { boundedSource, countProbes, previewSource } from "./event-source";
import { FILTER_COLUMNS } from "./filter-columns";
import { chooseLeadingFilter, isAnsweredByIndex, leadingCandidates } from "./leading-filter";
import { Parameters } from "./parameters";

/** A preview reads this many rows in order of time. Frequent filters fill a page from these. */
const PREVIEW_ROWS = 1_000;
/** A scan reads about this many rows, which takes tens of milliseconds. */
const ROWS_PER_SCAN = 20_000;

/** The wanted events. `findEvents` chooses the leading filter. */
export type Wanted = Omit<EventSelection, "leadingFilter" | "receivedBefore">;

export interface FoundEvents {
  /** In the wanted order, without gaps. */
  readonly rows: readonly StoredEvent[];
  /** The last scanned row if the search ended before it found enough rows or reached the end of the range; else null. */
  readonly stop: EventKey | null;
  /** The approximate number of scanned rows. */
  readonly scanned: number;
}

/**
 * Finds the first `take` of the wanted events, or fewer if they are not among the rows that the search may scan: a preview
 * of the nearest rows, then up to `maxScans` times about 20,000 rows.
 * @throws DomainError `unavailable` on timeout
 */
export async function findEvents(
  scope: OrganizationScope,
  wanted: Wanted,
  take: number,
  maxScans: number,
): Promise<FoundEvents> {
  const [candidate = null] = leadingCandidates(wanted.filters);
  if (isAnsweredByIndex(wanted.filters, candidate))
    return scan(scope, { ...wanted, receivedBefore: null, leadingFilter: candidate }, take);

  const nearest = await preview(scope, { ...wanted, receivedBefore: null }, take);
  if (nearest.length >= take) return { rows: nearest, stop: null, scanned: 0 };
  // `chooseLeadingFilter` counts newest first. In the other order, the cursor would exclude the wrong rows.
  const after = wanted.order === "newest first" ? wanted.after : null;
  const options = { timeout: READ_TIMEOUT, after };
  const leadingFilter = await chooseLeadingFilter(scope.db, wanted.organizationPk, wanted.filters, options);
  let found: FoundEvents = { rows: [], stop: wanted.after, scanned: 0 };
  for (let n = 0; n < maxScans; n += 1) {
    const rest = { ...wanted, receivedBefore: null, leadingFilter, after: found.stop };
    const more: FoundEvents = await scan(scope, rest, take - found.rows.length);
    found = { rows: [...found.rows, ...more.rows], stop: more.stop, scanned: found.scanned + more.scanned };
    if (found.stop === null) break;
  }
  return found;
}

/** Finds the matching rows among the nearest ones. If these fill the page, no leading filter has to be chosen. */
async function preview(
  scope: OrganizationScope,
  selection: Omit<EventSelection, "leadingFilter">,
  take: number,
): Promise<readonly StoredEvent[]> {
  const { filters } = selection;
  const isSelective = FILTER_FIELDS.some((field) => {
    const column = FILTER_COLUMNS[field];
    return column.kind === "array" && column.isSelective && filters[field].length > 0;
  });
  if (isSelective) return [];
  const parameters = new Parameters();
  const source = previewSource(selection, { limit: take, bound: PREVIEW_ROWS }, parameters);
  const statement = `SELECT ${EVENT_COLUMNS} FROM ${source} ${orderBy(selection.order)}`;
  return scope.db.query<StoredEvent>(statement, parameters.values, { timeout: READ_TIMEOUT });
}

/** Runs one bounded statement. `stop` is null if it finds `take` rows. */
async function scan(scope: OrganizationScope, selection: EventSelection, take: number): Promise<FoundEvents> {
  const parameters = new Parameters();
  const { source, stop } = boundedSource(selection, { limit: take, bound: ROWS_PER_SCAN }, parameters);
  // The row at which a probe stopped is always included, even if it does not match.
  const rows = await scope.db.query<StoredEvent & { matches: boolean; scanned: string }>(
    `SELECT ${EVENT_COLUMNS}, e.matches, e.scanned FROM ${source} ${orderBy(selection.order)} LIMIT ${take}`,
    parameters.values,
    { timeout: READ_TIMEOUT },
  );
  const end = rows.findIndex((row) => Number(row.scanned) === stop);
  const last = rows[end];
  const matching = (last ? rows.slice(0, end + 1) : rows).filter((row) => row.matches);
  if (!last || matching.length >= take) return { rows: matching, stop: null, scanned: 0 };
  const scanned = stop * countProbes(selection.filters, selection.leadingFilter);
  return { rows: matching, stop: { occurredAt: last.occurred_at, uuid: last.id }, scanned };
}
