import { gzipSync } from "node:zlib";
import { z } from "zod";
import type { EventFilters } from "@/schemas/events/event-filters";
import type { ExportEstimate, ExportRequest } from "@/schemas/exports/export";
import { chooseDriver } from "@/server/domain/events/query/leading-filter";
import { countEvents } from "@/server/domain/events/count-events";
import { filterConditions, rangeConditions } from "@/server/domain/events/query/event-conditions";
import { type EventSelection, orderOf } from "@/server/domain/events/query/event-source";
import { Parameters } from "@/server/domain/events/query/parameters";
import { DomainError } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { FILE_FORMATS } from "@/server/domain/exports/formats/file-format";
import { readRows } from "@/server/domain/exports/formats/rows";

/** Milliseconds for each question to the database beside the count. */
const OPTIONS = { timeout: 2_000 };
/** Events whose share and whose width in the file stand for all of them. */
const SHARE_OF = 5_000;
const WIDTH_OF = 200;

/**
 * About how large a file will be, before it is asked for. Takes seconds at the worst: what cannot be told in time is
 * null, and a count that was given up is capped at 0.
 */
export async function estimateExport(
  scope: OrganizationScope,
  { filters, format = "csv", gzip = false }: ExportRequest,
): Promise<ExportEstimate> {
  const counted = await inTime(countEvents(scope, filters));
  const rows = counted ?? { count: 0, capped: true };
  const estimatedRows = rows.capped ? await inTime(guessRows(scope, filters, rows.count)) : rows.count;

  const { header, write } = FILE_FORMATS[format];
  const limit = Math.min(rows.count, WIDTH_OF);
  const sample = limit > 0 ? await inTime(newest(scope, filters, limit)) : Buffer.alloc(0);
  const plain = sample === null ? null : write(sample);
  const packed = plain && gzip ? gzipSync(plain) : plain;
  // A capped count of 0 has no event that was found in time.
  const known = packed && estimatedRows !== null && (limit > 0 || estimatedRows === 0);
  const width = known ? packed.byteLength / Math.max(1, limit) : 0;
  const estimatedBytes = known ? Math.round(Buffer.byteLength(header) + estimatedRows * width) : null;
  return { rows, estimatedRows, estimatedBytes };
}

/** By what the planner believes of the range, and the share of its newest events that match. */
async function guessRows({ db, organization }: OrganizationScope, filters: EventFilters, atLeast: number) {
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
    ${orderOf(selection.order)} LIMIT ${SHARE_OF}`;
  const matches = filterConditions(selection, forShare);
  const share = db.query<{ share: number | null }>(
    `SELECT avg((${matches.length > 0 ? matches.join(" AND ") : "true"})::int)::float8 AS share FROM (${newestOfRange}) e`,
    forShare.values,
    OPTIONS,
  );
  const [[planned], [found]] = await Promise.all([plan, share]);
  const [{ Plan }] = explained.parse(JSON.parse(planned?.["QUERY PLAN"] ?? ""));
  return Math.max(atLeast, Math.round(Plan["Plan Rows"] * (found?.share ?? 0)));
}

const explained = z.tuple([z.object({ Plan: z.object({ "Plan Rows": z.number() }) })]);

async function newest({ db, organization }: OrganizationScope, filters: EventFilters, limit: number) {
  const driver = await chooseDriver(db, organization.pk, filters, OPTIONS);
  const rows: Buffer[] = [];
  for await (const more of readRows(db, selectionOf(organization.pk, filters, driver), limit, OPTIONS)) rows.push(more);
  return Buffer.concat(rows);
}

function selectionOf(organizationPk: number, filters: EventFilters, driver: EventSelection["driver"]): EventSelection {
  return { organizationPk, filters, order: "newest first", after: null, receivedBefore: null, driver };
}

/** Null where the database gave up. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DomainError && error.code === "unavailable") return null;
    throw error;
  }
}
