import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { openRunnerFetch } from "@/server/embedded/runner/open-fetch";
import { diskBlobStore } from "@/server/infra/blob-storage/disk";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import type { OrganizationScope } from "@/server/services";
import { createTestDatabase } from "@/server/testing/database";
import { createEnvironment, createOrganization, seedEvents } from "@/server/testing/factories";
import { readFile, request, YEAR } from "@/server/testing/run-export";
import { createTestServices } from "@/server/testing/services";

const ROWS = 3_000;
const KILLS = 30;

test("a worker killed at any of thirty points of an export is followed by one that makes the same file, once, and leaves nothing over", async () => {
  const { scope, directory, startWorker } = await setUp();
  let worker = await startWorker();
  const [undisturbed, touches] = await undisturbedExport(scope, worker);
  const file = await readFile(scope, undisturbed);
  expect(touches).toBeGreaterThan(2 * KILLS);

  const ids = [undisturbed];
  for (let n = 1; n <= KILLS; n += 1) {
    await told(worker, Math.ceil((n * touches) / KILLS));
    const id = await request(scope);
    ids.push(id);
    // Where nothing else killed it, an open transaction of the test's own made one look fewer necessary.
    await Promise.race([once(worker, "exit"), ended(scope, id)]);
    await kill(worker);
    worker = await startWorker();
    await ended(scope, id);
    expect((await readFile(scope, id)).equals(file), `killed at touch ${Math.ceil((n * touches) / KILLS)}`).toBe(true);
  }

  const states = await scope.db.query(
    "SELECT state::text, count(*)::int, count(DISTINCT sha256)::int AS files, max(rows_done) AS rows, count(upload_id)::int AS uploads FROM audit_log_export GROUP BY 1",
    [],
  );
  expect(states).toEqual([{ state: "ready", count: KILLS + 1, files: 1, rows: ROWS, uploads: 0 }]);
  const stored = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = stored.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect(names.toSorted()).toEqual(ids.map((id) => `${id}.csv`).toSorted());
}, 240_000);

async function setUp() {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  // Within the repository, so that the bundle finds the packages.
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
    entryPoints: ["server/worker-kills.fixture.ts"],
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
    AUTH_SECRET: "a secret for tests that nobody else ever uses",
    DOWNLOAD_SECRET: "a secret for tests that nobody else ever uses",
    INNGEST_EVENT_KEY: "event-key-for-tests",
    INNGEST_SIGNING_KEY: `signkey-prod-${"ab".repeat(32)}`,
    LOG_LEVEL: "warn",
  };
  async function startWorker(): Promise<ChildProcess> {
    const worker = fork(script, { env, execArgv: [] });
    workers.push(worker);
    await once(worker, "message");
    return worker;
  }
  return { scope, directory, startWorker };
}

/** An export that nobody kills: its id, and how often it touches the world outside. */
async function undisturbedExport(scope: OrganizationScope, worker: ChildProcess): Promise<[string, number]> {
  await told(worker, null);
  const id = await request(scope);
  await ended(scope, id);
  return [id, await told(worker, null)];
}

/** Tells a worker where to end; answers what it counted before. */
async function told(worker: ChildProcess, killAt: number | null): Promise<number> {
  const answer = once(worker, "message") as Promise<[{ touches: number }]>;
  worker.send({ killAt });
  return (await answer)[0].touches;
}

async function ended({ db }: OrganizationScope, id: string): Promise<void> {
  const state = "SELECT state::text FROM audit_log_export WHERE id = $1 AND state <> 'pending'";
  await expect.poll(() => db.query(state, [id]), { timeout: 60_000, interval: 50 }).toEqual([{ state: "ready" }]);
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}
