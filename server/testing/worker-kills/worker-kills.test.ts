import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile as readTextFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { openRunnerFetch } from "@/server/embedded/runner/open-runner-fetch";
import { diskBlobStore } from "@/server/infra/blob-storage/disk";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { createTestDatabase } from "@/server/testing/database";
import { createEnvironment, createOrganization, seedEvents } from "@/server/testing/factories";
import { readFile, request, YEAR } from "@/server/testing/run-export";
import { createTestServices } from "@/server/testing/services";

const ROWS = 2_400;

/** The points at which the worker of one export is killed, in order: three per part, and fewer per step than it has attempts. */
function pointsOf(parts: number): string[] {
  return [
    "cut-off done",
    "count",
    "upload done",
    "begun done",
    ...Array.from({ length: parts }, (_, n) => [
      `part ${n + 1} chunk 1`,
      `part ${n + 1} stored`,
      `part ${n + 1} noted done`,
    ]).flat(),
    "joined",
    "in place",
    "hashed 1",
    "hashed 3",
    "ready done",
  ];
}

test("an export whose worker crashes at 30 different points yields the same file, with no leftovers", async () => {
  const { scope, directory, startWorker, reached } = await setUp();
  const uninterrupted = await startWorker("nowhere");
  const undisturbed = await request(scope);
  await ended(scope, undisturbed);
  await kill(uninterrupted);
  const file = await readFile(scope, undisturbed);
  const parts = (await reached()).filter((point) => point.endsWith("stored")).length;
  const points = pointsOf(parts);
  expect(points.length).toBeGreaterThanOrEqual(30);

  const id = await request(scope);
  for (const point of points) {
    await exited(await startWorker(point));
    expect((await reached()).at(-1)).toBe(point);
  }
  const last = await startWorker("nowhere");
  await ended(scope, id);
  expect((await readFile(scope, id)).equals(file)).toBe(true);
  const runs = "SELECT count(*)::int FROM runner.runs WHERE status <> 'open'";
  await expect.poll(() => scope.db.query(runs, []), { timeout: 30_000 }).toEqual([{ count: 2 }]);
  await kill(last);

  const states = await scope.db.query(
    "SELECT state::text, count(*)::int, count(DISTINCT sha256)::int AS files, min(rows_done) AS rows, count(upload_id)::int AS uploads FROM audit_log_export GROUP BY 1",
    [],
  );
  expect(states).toEqual([{ state: "ready", count: 2, files: 1, rows: ROWS, uploads: 0 }]);
  // A finished file is a folder with its parts.
  const stored = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = stored.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  const wanted = [undisturbed, id].flatMap((each) =>
    Array.from({ length: parts }, (_, n) => path.join(directory, "files", "exports", `${each}.csv`, `part-${n + 1}`)),
  );
  expect(files.toSorted()).toEqual(wanted.toSorted());
}, 240_000);

async function setUp() {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  // Inside the repository, so that the bundle can import its packages.
  await mkdir("dist", { recursive: true });
  const folder = await mkdtemp(path.resolve("dist", "worker-kills-"));
  const directory = path.join(folder, "data", "blobs");
  const runner = openRunnerFetch(database.url, pino({ level: "silent" }));
  const workers: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const worker of workers) await kill(worker);
    await runner.close();
    await close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const inngest = createInngestClient({ eventKey: "event-key-for-tests", fetch: runner.fetch });
  const blobs = diskBlobStore(pathToFileURL(directory).href);
  const environment = await createEnvironment({ ...services, blobs, send: sendThrough(inngest) });
  const scope = await createOrganization(environment);
  await seedEvents(scope, { count: ROWS, ...YEAR, seed: 1 });

  const script = path.join(folder, "worker.js");
  await build({
    entryPoints: ["server/testing/worker-kills/kill-worker.fixture.ts"],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": process.cwd() },
  });
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    TRAILPORT_DATA_DIR: path.join(folder, "data"),
    TRAILPORT_EMBEDDED_RUNNER: "1",
    AUTH_SECRET: "a secret that only tests use, 32 chars",
    DOWNLOAD_SECRET: "a secret that only tests use, 32 chars",
    INNGEST_EVENT_KEY: "event-key-for-tests",
    INNGEST_SIGNING_KEY: `signkey-prod-${"ab".repeat(32)}`,
    LOG_LEVEL: "warn",
  };
  const log = path.join(folder, "reached");
  async function startWorker(killAt: string): Promise<ChildProcess> {
    await writeFile(log, "");
    const worker = fork(script, [log, killAt], { env, execArgv: [] });
    workers.push(worker);
    return worker;
  }
  const reached = async () => (await readTextFile(log, "utf8")).trim().split("\n");
  return { scope, directory, startWorker, reached };
}

async function ended({ db }: OrganizationScope, id: string): Promise<void> {
  const state = "SELECT state::text FROM audit_log_export WHERE id = $1 AND state <> 'pending'";
  await expect.poll(() => db.query(state, [id]), { timeout: 60_000, interval: 50 }).toEqual([{ state: "ready" }]);
}

async function kill(worker: ChildProcess): Promise<void> {
  worker.kill("SIGKILL");
  await exited(worker);
}

async function exited(worker: ChildProcess): Promise<void> {
  if (worker.exitCode === null && worker.signalCode === null) await once(worker, "exit");
}
