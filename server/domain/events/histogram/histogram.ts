import { ALL_TIME } from "@/schemas/limits";
import type { FilterField } from "@/schemas/events/event-filter-fields";
import type { EventFilters } from "@/schemas/events/event-filters";
import { boundedSource } from "@/server/domain/events/query/event-source";
import { FILTER_COLUMNS } from "@/server/domain/events/query/filter-columns";
import {
  isAnsweredByIndex,
  leadingCandidates,
  MAX_COUNTED_ROWS,
  rarestFilter,
} from "@/server/domain/events/query/leading-filter";
import { Parameters } from "@/server/domain/events/query/parameters";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { boundaries, lengthOf, stepFor } from "./histogram-steps";

/** Rows scanned in all buckets together: if an index answers alone, and if rows are checked one by one. */
const MAX_SCANNED_ROWS = { index: 300_000, rows: 60_000 };
/** If less of a bucket was scanned, the estimate treats it as this share. */
const SMALLEST_SHARE = 0.01;
/** A longer range is clipped to the organization's first and last event. */
const LONG_RANGE = 400 * 86_400_000;

export interface HistogramBucket {
  readonly from: Date;
  /** Exclusive; the next bucket's `from`. */
  readonly to: Date;
  readonly count: number;
  /** Whether counting stopped within the bucket, so that it can contain more than `count` events. */
  readonly atLeast: boolean;
  /** The approximate number of events, for the bar's height. It assumes that the unscanned rest is like the scanned part. */
  readonly estimate: number;
}

export interface Histogram {
  /** Milliseconds per bucket (approximate for months). The first and the last bucket and those at a clock change differ. */
  readonly step: number;
  /** Oldest first, without gaps. Empty if a range of more than 400 days contains no events. */
  readonly buckets: readonly HistogramBucket[];
  /** Whether any bucket is `atLeast`. */
  readonly capped: boolean;
}

/**
 * Counts the matching events over time, in 30 to 80 buckets that start on full steps of the zone's clock. In each bucket,
 * the newest events are counted, up to a limit. With `now`, a range that ends later ends there or after its newest event:
 * ranges reach into the future only for senders whose clocks are fast.
 * @throws DomainError `unavailable` on timeout
 */
export async function eventHistogram(
  scope: OrganizationScope,
  { filters, zone, now }: { readonly filters: EventFilters; readonly zone: string; readonly now?: Date | undefined },
): Promise<Histogram> {
  const range = await clipRange(scope, filters, now);
  if (!range) return { step: lengthOf(stepFor(filters.from, filters.to)), buckets: [], capped: false };
  const step = stepFor(range.from, range.to);
  const ends = boundaries(range.from, range.to, step, zone);
  const buckets = await countBuckets(scope, filters, ends);
  return { step: lengthOf(step), buckets, capped: buckets.some((bucket) => bucket.atLeast) };
}

/** Clips a long range, such as "all time", to the events in it. Returns null if it contains none. */
async function clipRange(scope: OrganizationScope, { from, to }: EventFilters, now: Date | undefined) {
  const end = new Date(Math.min(Math.max(to.getTime(), from.getTime() + 1), ALL_TIME.to.getTime()));
  if (to.getTime() - from.getTime() > LONG_RANGE) {
    const span = await eventSpan(scope, from, to);
    return span && { from: span.oldest, to: new Date(span.newest.getTime() + 1) };
  }
  if (!now || now <= from || now >= end) return { from, to: end };
  const ahead = await eventSpan(scope, now, end);
  return { from, to: ahead ? new Date(ahead.newest.getTime() + 1) : now };
}

/** Returns the times of the organization's first and last event in a range, or null if it contains none. */
async function eventSpan(scope: OrganizationScope, from: Date, to: Date) {
  const [row] = await scope.db.query<{ oldest: Date | null; newest: Date | null }>(
    `SELECT min(e.occurred_at) AS oldest, max(e.occurred_at) AS newest FROM log.event e
     WHERE e.organization_pk = $1 AND e.occurred_at >= $2::timestamptz AND e.occurred_at < $3::timestamptz`,
    [scope.organization.pk, from.toISOString(), to.toISOString()],
    { timeout: READ_TIMEOUT },
  );
  return row?.oldest && row.newest ? { oldest: row.oldest, newest: row.newest } : null;
}

async function countBuckets(
  scope: OrganizationScope,
  filters: EventFilters,
  ends: readonly Date[],
): Promise<HistogramBucket[]> {
  const organizationPk = scope.organization.pk;
  const count = ends.length - 1;
  const leadingFilter = await chooseFilterPerBucket(scope, filters);
  const selection = {
    organizationPk,
    filters,
    order: "newest first",
    after: null,
    receivedBefore: null,
    leadingFilter,
  } as const;
  const parameters = new Parameters();
  const range = [
    `e.organization_pk = ${parameters.add(organizationPk, "int")}`,
    "e.occurred_at >= bucket.start",
    "e.occurred_at < bucket.finish",
  ];
  const perBucket = (rows: number) => Math.floor(rows / count);
  const limit = perBucket(MAX_SCANNED_ROWS[isAnsweredByIndex(filters, leadingFilter) ? "index" : "rows"]);
  const bounds = { limit, bound: perBucket(MAX_SCANNED_ROWS.rows) };
  const { source, stop } = boundedSource(selection, bounds, parameters, range);
  const times = (part: readonly Date[]) =>
    parameters.add(
      part.map((time) => time.toISOString()),
      "timestamptz[]",
    );
  const rows = await scope.db.query<{ count: number; stopped: boolean | null; since: Date | null }>(
    `SELECT counted.* FROM unnest(${times(ends.slice(0, -1))}, ${times(ends.slice(1))}) WITH ORDINALITY AS bucket(start, finish, number)
     CROSS JOIN LATERAL (
       SELECT (count(*) FILTER (WHERE matches))::int AS count, count(*) >= ${limit} OR bool_or(scanned = ${stop}) AS stopped, min(occurred_at) AS since
       FROM (SELECT e.matches, e.scanned, e.occurred_at FROM ${source} LIMIT ${limit}) AS scanned_rows
     ) AS counted ORDER BY bucket.number`,
    parameters.values,
    { timeout: READ_TIMEOUT },
  );
  return rows.flatMap(({ count: found, stopped, since }, n) => {
    const [from, to] = [ends[n], ends[n + 1]];
    if (!from || !to) return [];
    if (stopped !== true || !since) return { from, to, count: found, atLeast: false, estimate: found };
    const seen = (to.getTime() - since.getTime()) / (to.getTime() - from.getTime());
    return { from, to, count: found, atLeast: true, estimate: Math.round(found / Math.max(seen, SMALLEST_SHARE)) };
  });
}

/**
 * Chooses the leading filter for all buckets: a rare one, whose rows are all read, or one that returns rows in order of
 * time, so that the scanned rows are the newest of each bucket. Null reads each bucket by time.
 */
async function chooseFilterPerBucket(scope: OrganizationScope, filters: EventFilters): Promise<FilterField | null> {
  const rarest = await rarestFilter(scope.db, scope.organization.pk, filters, { timeout: READ_TIMEOUT });
  if (!rarest || rarest.rows < MAX_COUNTED_ROWS) return rarest?.field ?? null;
  const isOrdered = (field: FilterField) => FILTER_COLUMNS[field].kind === "text" && filters[field].length === 1;
  return leadingCandidates(filters).find(isOrdered) ?? null;
}
