import { ALL_TIME } from "@/schemas/limits";
import type { FilterField } from "@/schemas/events/event-filter-fields";
import type { EventFilters } from "@/schemas/events/event-filters";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { MANY, onlyDriver, rarestFilter } from "@/server/domain/events/query/leading-filter";
import { boundedSource } from "@/server/domain/events/query/event-source";
import { boundaries, lengthOf, stepFor } from "./histogram-steps";
import { Parameters } from "@/server/domain/events/query/parameters";

/** Rows looked at, in all buckets together: where an index alone answers, and where rows are looked at one by one. */
const LOOKED_AT = { index: 300_000, rows: 60_000 };
/** Of less of a bucket nothing is concluded about the rest of it. */
const SMALLEST_SHARE = 0.01;
/** A range longer than this begins with the organization's first event and ends with its last. */
const LONG = 400 * 86_400_000;

export interface HistogramBucket {
  readonly from: Date;
  /** Exclusive; the next bucket's `from`. */
  readonly to: Date;
  readonly count: number;
  /** Whether counting ended before all of the bucket was looked at: there are this many, and perhaps more. */
  readonly atLeast: boolean;
  /** About how many there are, if what was looked at, the newest part of the bucket, is like the rest: for a bar's height. */
  readonly estimate: number;
}

export interface Histogram {
  /** Milliseconds of a whole bucket, of months about; those at the ends, or where clocks change, differ. */
  readonly step: number;
  /** Oldest first, without gaps; none where a range of more than 400 days holds no event. */
  readonly buckets: readonly HistogramBucket[];
  /** Whether any bucket is `atLeast`. */
  readonly capped: boolean;
}

/**
 * How the matching events lie in time: some thirty to eighty buckets that begin when a clock in the zone shows a full
 * step. Of each bucket the newest events are counted, up to a bound.
 * @throws DomainError `unavailable` when counting takes too long
 */
export async function eventHistogram(
  scope: OrganizationScope,
  { filters, zone }: { readonly filters: EventFilters; readonly zone: string },
): Promise<Histogram> {
  const range = await clipped(scope, filters);
  if (!range) return { step: lengthOf(stepFor(filters.from, filters.to)), buckets: [], capped: false };
  const step = stepFor(range.from, range.to);
  const ends = boundaries(range.from, range.to, step, zone);
  const buckets = await countBuckets(scope, filters, ends);
  return { step: lengthOf(step), buckets, capped: buckets.some((bucket) => bucket.atLeast) };
}

/** The range, which of "all time" is what the events span; null when that is nothing. */
async function clipped(scope: OrganizationScope, { from, to }: EventFilters) {
  const shortest = new Date(Math.min(Math.max(to.getTime(), from.getTime() + 1), ALL_TIME.to.getTime()));
  if (to.getTime() - from.getTime() <= LONG) return { from, to: shortest };
  const [row] = await scope.db.query<{ oldest: Date | null; newest: Date | null }>(
    `SELECT min(e.occurred_at) AS oldest, max(e.occurred_at) AS newest FROM log.event e
     WHERE e.organization_pk = $1 AND e.occurred_at >= $2::timestamptz AND e.occurred_at < $3::timestamptz`,
    [scope.organization.pk, from.toISOString(), to.toISOString()],
    { timeout: READ_TIMEOUT },
  );
  if (!row?.oldest || !row.newest) return null;
  return { from: row.oldest, to: new Date(row.newest.getTime() + 1) };
}

async function countBuckets(
  scope: OrganizationScope,
  filters: EventFilters,
  ends: readonly Date[],
): Promise<HistogramBucket[]> {
  const organizationPk = scope.organization.pk;
  const count = ends.length - 1;
  const driver = await streamOf(scope, filters);
  const selection = {
    organizationPk,
    filters,
    order: "newest first",
    after: null,
    receivedBefore: null,
    driver,
  } as const;
  const parameters = new Parameters();
  const range = [
    `e.organization_pk = ${parameters.add(organizationPk, "int")}`,
    "e.occurred_at >= bucket.start",
    "e.occurred_at < bucket.finish",
  ];
  const share = (rows: number) => Math.floor(rows / count);
  const limit = share(driver === onlyDriver(filters) ? LOOKED_AT.index : LOOKED_AT.rows);
  const { source, stop } = boundedSource(selection, { limit, bound: share(LOOKED_AT.rows) }, parameters, range);
  const times = (part: readonly Date[]) =>
    parameters.add(
      part.map((time) => time.toISOString()),
      "timestamptz[]",
    );
  const rows = await scope.db.query<{ count: number; stopped: boolean | null; since: Date | null }>(
    `SELECT counted.* FROM unnest(${times(ends.slice(0, -1))}, ${times(ends.slice(1))}) WITH ORDINALITY AS bucket(start, finish, number)
     CROSS JOIN LATERAL (
       SELECT (count(*) FILTER (WHERE matches))::int AS count, count(*) >= ${limit} OR bool_or(looked = ${stop}) AS stopped, min(occurred_at) AS since
       FROM (SELECT e.matches, e.looked, e.occurred_at FROM ${source} LIMIT ${limit}) AS looked_at
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
 * The filter to read each bucket by: a rare one, of which everything is read, or else one whose rows come in order of
 * time, so that those which are looked at are the newest part of the bucket.
 */
async function streamOf(scope: OrganizationScope, filters: EventFilters): Promise<FilterField | null> {
  const rarest = await rarestFilter(scope.db, scope.organization.pk, filters, { timeout: READ_TIMEOUT });
  if (!rarest || rarest.rows < MANY) return rarest?.field ?? null;
  const ordered = (["actorIds", "actorNames", "actions"] as const).find((field) => filters[field].length === 1);
  return ordered ?? null;
}
