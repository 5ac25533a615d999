import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { pino } from "pino";
import { type BenchData, seedBench } from "@/bench/seed";
import { environmentFor } from "@/bench/process-environment";
import { readOptions } from "@/bench/options";
import { compile, start, versionOf } from "@/bench/processes";
import { loadAverage, milliseconds, percentiles, printMachine, ratioLine } from "@/bench/report";
import { withBenchDatabase, type BenchDatabase } from "@/bench/bench-database";
import { eventFilters } from "@/schemas/events/event-filters";
import { getExport } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { openRunnerFetch } from "@/server/embedded/runner/open-runner-fetch";
import { WORKER_OPTIONS } from "@/server/embedded/supervisor/worker-options";
import { diskBlobStore } from "@/server/infra/blob-storage/disk";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import type { OrganizationScope } from "@/server/kernel/scopes";

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const options = readOptions();
/** Durations of reading the progress, in milliseconds. */
const progressReads: number[] = [];

await withBenchDatabase(async (bench) => {
  console.log(`seeding ${options.rows} events of one organization and as many of 999 others`);
  const data = await seedBench(bench, options.rows);
  await printMachine(bench.sql);
  await compare(bench, data);
  await data.close();
});

async function compare(bench: BenchDatabase, data: BenchData): Promise<void> {
  const psql = await versionOf("psql");
  console.log(
    `baseline: ${psql === null ? "COPY to a file on the server, because psql is missing" : String.raw`\copy by ${psql}`}`,
  );
  const blobs = path.join(bench.folder, "data", "blobs");
  await mkdir(blobs, { recursive: true });
  const runner = openRunnerFetch(bench.databaseUrl, pino({ level: "silent" }));
  const inngest = createInngestClient({ eventKey: "event-key-for-benches", fetch: runner.fetch });
  const scope = { ...data.organization, blobs: diskBlobStore(pathToFileURL(blobs).href), send: sendThrough(inngest) };
  const script = await compile("server/worker.ts");
  const worker = start(script, {
    env: environmentFor(bench),
    node: WORKER_OPTIONS,
    ...(options.profile && { profile: options.profile }),
  });
  await worker.message();

  const ours: number[] = [];
  const copied: number[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    copied.push(options.rows / (await copyOut(bench, data, psql)));
    ours.push(options.rows / (await exportOnce(scope, data)));
    console.log(
      `round ${round}, load average ${loadAverage()}: copy ${copied.at(-1)?.toFixed(0)} rows/s, export ${ours.at(-1)?.toFixed(0)} rows/s`,
    );
  }
  console.log();
  console.log(ratioLine(String.raw`export / \copy with ISO timestamps`, ours, copied, "≥ 0.90"));
  console.log(`reading the progress once a second: ${milliseconds(percentiles(progressReads))}`);
  console.log(`peak RSS of the worker: ${worker.peakMemory().toFixed(0)} MB (target < 150 MB)`);
  await worker.stop();
  await runner.close();
}

/** Copies the same rows in the same order, all stored columns, to a CSV file. Returns seconds. */
async function copyOut(
  { databaseUrl, folder, sql }: BenchDatabase,
  { organization }: BenchData,
  psql: string | null,
): Promise<number> {
  const file = path.join(folder, "copied.csv");
  const rows = `SELECT id, to_char(occurred_at AT TIME ZONE 'UTC', ${ISO}) AS occurred_at, to_char(received_at AT TIME ZONE 'UTC', ${ISO}) AS received_at,
    action, version, actor_id, actor_type, actor_name, actor_metadata, targets, target_ids, target_types, location, user_agent, metadata
    FROM log.event e WHERE organization_pk = ${organization.organization.pk} ORDER BY e.occurred_at, e.id`;
  const started = performance.now();
  if (psql === null) await sql.query(`COPY (${rows}) TO '${file}' (FORMAT csv, HEADER)`);
  else {
    const command = String.raw`\copy (${rows.replaceAll("\n", " ")}) TO '${file}' WITH (FORMAT csv, HEADER)`;
    await promisify(execFile)("psql", ["--no-psqlrc", "--set=ON_ERROR_STOP=1", "--command", command, databaseUrl]);
  }
  const seconds = (performance.now() - started) / 1000;
  await rm(file);
  return seconds;
}

/** Requests an export and waits until the worker has finished the file with its SHA-256. Returns seconds. */
async function exportOnce(scope: OrganizationScope, { range }: BenchData): Promise<number> {
  const started = performance.now();
  const { id } = await requestExport(scope, { filters: eventFilters.parse(range) });
  let nextRead = started;
  for (;;) {
    // With plain SQL: reading through Prisma takes as long as a hundred rows of the file.
    const [found] = await scope.db.query<{ state: string; rows: number; failure: string | null }>(
      "SELECT state::text, rows_done AS rows, failure FROM audit_log_export WHERE id = $1",
      [id],
    );
    if (found?.state === "error") throw new Error(`The export failed: ${found.failure}`);
    if (found?.state === "ready") {
      if (found.rows !== options.rows) throw new Error(`The file has ${found.rows} rows instead of ${options.rows}.`);
      return (performance.now() - started) / 1000;
    }
    if (performance.now() > nextRead) nextRead = (await readProgress(scope, id)) + 1000;
    await pause(20);
  }
}

/** Reads the export as the dashboard does while it is written. Returns the start time. */
async function readProgress(scope: OrganizationScope, id: string): Promise<number> {
  const started = performance.now();
  await getExport(scope, id);
  progressReads.push(performance.now() - started);
  return started;
}
