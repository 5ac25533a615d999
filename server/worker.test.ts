import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getExport } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { blobKey } from "@/server/domain/exports/blob-key";
import { eventFilters } from "@/schemas/events/event-filters";
import type { AuditLogExport } from "@/schemas/exports/export";
import { diskBlobStore } from "@/server/infra/blob-storage/disk";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import { openRunnerFetch } from "@/server/embedded/runner/open-runner-fetch";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { createTestDatabase } from "@/server/testing/database";
import { createEnvironment, createOrganization, seedEvents } from "@/server/testing/factories";
import { createTestServices } from "@/server/testing/services";

const ROWS = 200_000;
const filters = eventFilters.parse({ from: new Date("2026-09-01"), to: new Date("2026-10-01") });

let organization: OrganizationScope;
let environment: NodeJS.ProcessEnv;
let directory: string;
let worker: ChildProcess | undefined;
let tearDown: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  directory = await mkdtemp(path.join(tmpdir(), "trailport-worker-"));
  environment = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: database.url,
    TRAILPORT_DATA_DIR: directory,
    TRAILPORT_EMBEDDED_RUNNER: "1",
    AUTH_SECRET: "a secret that only tests use, 32 chars",
    DOWNLOAD_SECRET: "a secret that only tests use, 32 chars",
    INNGEST_EVENT_KEY: "event-key-for-tests",
    INNGEST_SIGNING_KEY: `signkey-prod-${"ab".repeat(32)}`,
    LOG_LEVEL: "warn",
  };
  const runner = openRunnerFetch(database.url, pino({ level: "silent" }));
  const inngest = createInngestClient({ eventKey: "event-key-for-tests", fetch: runner.fetch });
  const blobs = diskBlobStore(pathToFileURL(path.join(directory, "blobs")).href);
  const scope = await createEnvironment({ ...services, blobs, send: sendThrough(inngest), now: () => new Date() });
  organization = await createOrganization(scope);
  await seedEvents(organization, { count: ROWS, from: filters.from, to: filters.to, seed: 1 });
  tearDown = async () => {
    await killWorker();
    await runner.close();
    await close();
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  };
}, 120_000);
afterAll(() => tearDown());

function startWorker(): void {
  worker = spawn(process.execPath, ["--import", "tsx", "server/worker.ts"], {
    env: environment,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function killWorker(): Promise<void> {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, "exit");
  worker.kill("SIGKILL");
  await exited;
}

async function finished(id: string): Promise<AuditLogExport> {
  await expect
    .poll(async () => (await getExport(organization, id)).state, { timeout: 120_000, interval: 100 })
    .not.toBe("pending");
  return getExport(organization, id);
}

async function contentOf(id: string): Promise<Buffer> {
  const { body } = await organization.blobs.read(blobKey(id));
  return Buffer.concat((await body.toArray()) as Buffer[]);
}

test("a worker killed during an export continues it after a restart; the file is byte-identical", async () => {
  startWorker();
  const undisturbed = await requestExport(organization, { filters });
  expect(await finished(undisturbed.id)).toMatchObject({
    state: "ready",
    progress: { rowsDone: ROWS, rowsTotal: ROWS },
  });

  const disturbed = await requestExport(organization, { filters });
  const rowsDone = async () => (await getExport(organization, disturbed.id)).progress.rowsDone;
  await expect.poll(rowsDone, { timeout: 60_000, interval: 10 }).toBeGreaterThan(0);
  await killWorker();
  const atKill = await getExport(organization, disturbed.id);
  expect(atKill.state).toBe("pending");
  expect(atKill.progress.rowsDone).toBeLessThan(ROWS);

  startWorker();
  const [first, second] = [await finished(undisturbed.id), await finished(disturbed.id)];
  expect(second).toMatchObject({
    state: "ready",
    sha256: first.sha256,
    progress: { bytes: first.progress.bytes, rowsDone: ROWS },
  });
  expect((await contentOf(disturbed.id)).equals(await contentOf(undisturbed.id))).toBe(true);
  const leftovers = await readdir(path.join(directory, "blobs"), { recursive: true });
  expect(leftovers.filter((name) => name.startsWith("uploads") && /part-/.test(name))).toEqual([]);
}, 240_000);
