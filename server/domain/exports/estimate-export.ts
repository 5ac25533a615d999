import { gzipSync } from "node:zlib";
import { z } from "zod";
import type { EventFilters } from "@/schemas/events/event-filters";
import type { ExportEstimate, ExportRequest } from "@/schemas/exports/export";
import { chooseLeadingFilter } from "@/server/domain/events/query/leading-filter";
import { countEvents } from "@/server/domain/events/count-events";
import { filterConditions, rangeConditions } from "@/server/domain/events/query/event-conditions";
import { type EventSelection, orderBy } from "@/server/domain/events/query/event-selection";
import { Parameters } from "@/server/domain/events/query/parameters";
import { DomainError } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { FILE_FORMATS } from "@/server/domain/exports/formats/file-format";
import { readRows } from "@/server/domain/exports/formats/rows";

/** Milliseconds for each query except the count. */
const OPTIONS = { timeout: 2_000 };
/** How many of the newest events are sampled for the share that matches, and for the bytes that one takes in the file. */
const SHARE_SAMPLE = 5_000;
const SIZE_SAMPLE = 200;

/**
 * Estimates the size of a file before it is requested. Takes a few seconds at most: numbers that time out are null, and a
 * count that times out is 0 and capped.
 */
export async function estimateExport(
  scope: OrganizationScope,
  { filters, format = "csv", gzip = false }: ExportRequest,
): Promise<ExportEstimate> {
  const counted = await inTime(countEvents(scope, filters));
  const rows = counted ?? { count: 0, capped: true };
  const estimatedRows = rows.capped ? await inTime(estimateRows(scope, filters, rows.count)) : rows.count;

  const { header, write } = FILE_FORMATS[format];
  const limit = Math.min(rows.count, SIZE_SAMPLE);
  const sample = limit > 0 ? await inTime(newest(scope, filters, limit)) : Buffer.alloc(0);
  const text = sample === null ? null : write(sample);
  const stored = text && gzip ? gzipSync(text) : text;
  // After a count that timed out there is no sample, so the size of a row is unknown.
  const isKnown = stored && estimatedRows !== null && (limit > 0 || estimatedRows === 0);
  const rowBytes = isKnown ? stored.byteLength / Math.max(1, limit) : 0;
  const estimatedBytes = isKnown ? Math.round(header.byteLength + estimatedRows * rowBytes) : null;
  return { rows, estimatedRows, estimatedBytes };
}

/** Multiplies the planner's estimate of the rows in the range by the share of its newest events that match. */
async function estimateRows({ db, organization }: OrganizationScope, filters: EventFilters, atLeast: number) {
  const selection = selectionOf(organization.pk, filters, null);
  const forPlan = new Parameters();
  const range = rangeConditions(selection, forPlan).join(" AND ");
  const plan = db.query<{ "QUERY PLAN": string }>(
    `EXPLAIN (FORMAT JSON) SELECT FROM log.event e WHERE ${range}`,
    forPlan.values,
    OPTIONS,
  );
  const forShare = new Parameters();
  const newestOfRange = `SELECT e.* FROM log.event e WHERE ${rangeConditions(selection, forShare).join(" AND ")}
    ${orderBy(selection.order)} LIMIT ${SHARE_SAMPLE}`;
  const matches = filterConditions(selection, forShare);
  const share = db.query<{ share: number | null }>(
    `SELECT avg((${matches.length > 0 ? matches.join(" AND ") : "true"})::int)::float8 AS share FROM (${newestOfRange}) e`,
    forShare.values,
    OPTIONS,
  );
  const [[planned], [sampled]] = await Promise.all([plan, share]);
  const [{ Plan }] = explained.parse(JSON.parse(planned?.["QUERY PLAN"] ?? ""));
  return Math.max(atLeast, Math.round(Plan["Plan Rows"] * (sampled?.share ?? 0)));
}

const explained = z.tuple([z.object({ Plan: z.object({ "Plan Rows": z.number() }) })]);

async function newest({ db, organization }: OrganizationScope, filters: EventFilters, limit: number) {
  const leadingFilter = await chooseLeadingFilter(db, organization.pk, filters, OPTIONS);
  const rows: Buffer[] = [];
  for await (const more of readRows(db, selectionOf(organization.pk, filters, leadingFilter), limit, OPTIONS))
    rows.push(more);
  return Buffer.concat(rows);
}

function selectionOf(
  organizationPk: number,
  filters: EventFilters,
  leadingFilter: EventSelection["leadingFilter"],
): EventSelection {
  return { organizationPk, filters, order: "newest first", after: null, receivedBefore: null, leadingFilter };
}

/** Returns null if a query timed out. */
async function inTime<T>(result: Promise<T>): Promise<T | null> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof DomainError && error.code === "unavailable") return null;
    throw error;
  }
}
