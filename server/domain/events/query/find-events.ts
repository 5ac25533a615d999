import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { chooseDriver, onlyDriver } from "./leading-filter";
import type { EventKey } from "./event-key";
import { boundedSource, type EventSelection, nearestSource, orderOf, probesOf } from "./event-source";
import { EVENT_COLUMNS, type StoredEvent } from "./event-row";
import { Parameters } from "./parameters";

/** Rows looked at in order of time before anything is asked about the filters: frequent ones fill a page from these. */
const GLANCE = 1_000;
/** Rows that one look further looks at: tens of milliseconds. */
const LOOKED_AT = 20_000;

/** Which events are wanted; the way to them is found here. */
export type Wanted = Omit<EventSelection, "driver" | "receivedBefore">;

export interface FoundEvents {
  /** In the wanted order, without a gap. */
  readonly rows: readonly StoredEvent[];
  /** How far was looked, where neither enough rows nor the end of the range were reached. */
  readonly stop: EventKey | null;
  /** About how many rows were looked at. */
  readonly looked: number;
}

/**
 * The first `take` of the wanted events, or fewer when they do not turn up among the rows that may be looked at: a glance
 * at the nearest ones, then at most `looks` times about 20,000.
 * @throws DomainError `unavailable` when even that takes too long
 */
export async function findEvents(
  scope: OrganizationScope,
  wanted: Wanted,
  take: number,
  looks: number,
): Promise<FoundEvents> {
  const only = onlyDriver(wanted.filters);
  if (only !== undefined) return look(scope, { ...wanted, receivedBefore: null, driver: only }, take, LOOKED_AT);

  const nearest = await glance(scope, { ...wanted, receivedBefore: null }, take);
  if (nearest.length >= take) return { rows: nearest, stop: null, looked: 0 };
  // Backwards the cursor only says from where on.
  const after = wanted.order === "newest first" ? wanted.after : null;
  const driver = await chooseDriver(scope.db, wanted.organizationPk, wanted.filters, { timeout: READ_TIMEOUT, after });
  let found: FoundEvents = { rows: [], stop: wanted.after, looked: 0 };
  for (let n = 0; n < looks; n += 1) {
    const rest = { ...wanted, receivedBefore: null, driver, after: found.stop };
    const more: FoundEvents = await look(scope, rest, take - found.rows.length, LOOKED_AT);
    found = { rows: [...found.rows, ...more.rows], stop: more.stop, looked: found.looked + more.looked };
    if (found.stop === null) break;
  }
  return found;
}

/** The page, when the nearest rows fill it: then nothing has to be known of the filters. */
async function glance(
  scope: OrganizationScope,
  selection: Omit<EventSelection, "driver">,
  take: number,
): Promise<readonly StoredEvent[]> {
  // Ids of targets are seldom frequent.
  if (selection.filters.targetIds.length > 0) return [];
  const parameters = new Parameters();
  const source = nearestSource(selection, { limit: take, bound: GLANCE }, parameters);
  const statement = `SELECT ${EVENT_COLUMNS} FROM ${source} ${orderOf(selection.order)}`;
  return scope.db.query<StoredEvent>(statement, parameters.values, { timeout: READ_TIMEOUT });
}

/** One statement's worth of looking; `stop` is null when there are `take` rows. */
async function look(
  scope: OrganizationScope,
  selection: EventSelection,
  take: number,
  bound: number,
): Promise<FoundEvents> {
  const parameters = new Parameters();
  const { source, stop } = boundedSource(selection, { limit: take, bound }, parameters);
  // The row at which a probe stopped comes too, wanted or not.
  const rows = await scope.db.query<StoredEvent & { matches: boolean; looked: string }>(
    `SELECT ${EVENT_COLUMNS}, e.matches, e.looked FROM ${source} ${orderOf(selection.order)} LIMIT ${take}`,
    parameters.values,
    { timeout: READ_TIMEOUT },
  );
  const end = rows.findIndex((row) => Number(row.looked) === stop);
  const last = rows[end];
  const matching = (last ? rows.slice(0, end + 1) : rows).filter((row) => row.matches);
  if (!last || matching.length >= take) return { rows: matching, stop: null, looked: 0 };
  const looked = stop * probesOf(selection.filters, selection.driver);
  return { rows: matching, stop: { occurredAt: last.occurred_at, uuid: last.id }, looked };
}
