import { serve } from "inngest/edge";
import { pino } from "pino";
import { expect, onTestFinished } from "vitest";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { sweepExports } from "@/server/domain/exports/maintenance/sweep-exports";
import { openRunnerFetch } from "@/server/embedded/runner/open-runner-fetch";
import { startRunner } from "@/server/embedded/runner/runner";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import type { BlobStore } from "@/server/kernel/ports/blob-store";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { createTestDatabase } from "@/server/testing/database";
import { createEnvironment, createOrganization, seedEvents } from "@/server/testing/factories";
import { request, YEAR } from "@/server/testing/run-export";
import { createTestServices } from "@/server/testing/services";
import { test } from "vitest";
import { writeExport } from "./write-export";

const signingKey = `signkey-prod-${"ab".repeat(32)}`;

interface Setup {
  readonly services: Services;
  /** The keys of the parts being stored, which wait for `release`. */
  readonly storing: Set<string>;
  /** The highest number of parts that were being stored at the same time. */
  readonly maxConcurrent: () => number;
  readonly release: () => void;
  /** Milliseconds by which the clock is ahead. */
  readonly clock: { ahead: number };
}

/** Runs the function on the real runner, with a store that delays its parts until `release`. */
async function setUp(): Promise<Setup> {
  const database = await createTestDatabase();
  const world = await createTestServices(database.url);
  const log = pino({ level: "silent" });
  const carrier = openRunnerFetch(database.url, log);
  const inngest = createInngestClient({ eventKey: "event-key-for-tests", signingKey, fetch: carrier.fetch });
  const storing = new Set<string>();
  const clock = { ahead: 0 };
  let maxConcurrent = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const blobs: BlobStore = {
    ...world.services.blobs,
    async putPart(key, uploadId, number, body) {
      storing.add(key);
      maxConcurrent = Math.max(maxConcurrent, storing.size);
      await released;
      storing.delete(key);
      return world.services.blobs.putPart(key, uploadId, number, body);
    },
  };
  const now = () => new Date(Date.now() + clock.ahead);
  const services = { ...world.services, blobs, now, send: sendThrough(inngest) };
  const handler = serve({ client: inngest, functions: [writeExport(inngest, services)], enableUnauthedSync: false });
  const runner = await startRunner({ databaseUrl: database.url, handler, signingKey, log, backoff: () => 20 });
  onTestFinished(async () => {
    release();
    await runner.stop();
    await carrier.close();
    await world.close();
    await database.drop();
  });
  return { services, storing, maxConcurrent: () => maxConcurrent, release, clock };
}

async function organizationsOf(services: Services, count: number): Promise<OrganizationScope[]> {
  const environment = await createEnvironment(services);
  return Promise.all(Array.from({ length: count }, (_, n) => createOrganization(environment, `Organization ${n}`)));
}

const states = ({ db }: Services) =>
  db.query<{ state: string; count: number }>("SELECT state::text, count(*)::int FROM audit_log_export GROUP BY 1", []);
const runs = ({ db }: Services) =>
  db.query<{ status: string; count: number }>("SELECT status, count(*)::int FROM runner.runs GROUP BY 1", []);

test("one export per organization is written at a time, and four in total", async () => {
  const { services, storing, maxConcurrent, release } = await setUp();
  const [first, ...others] = await organizationsOf(services, 6);
  if (!first) throw new Error("There is no organization.");
  const ofOne = [await request(first), await request(first), await request(first)];
  await expect.poll(() => storing.size).toBe(1);
  for (const scope of others) await request(scope);
  await expect.poll(() => storing.size).toBe(4);
  const started = await services.db.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM audit_log_export WHERE started_at IS NOT NULL",
    [],
  );
  expect(started).toEqual([{ n: 4 }]);
  expect([...storing].filter((key) => ofOne.some((id) => key.includes(id)))).toHaveLength(1);
  release();
  await expect.poll(() => states(services), { timeout: 30_000 }).toEqual([{ state: "ready", count: 8 }]);
  expect(maxConcurrent()).toBe(4);
});

test("a cancellation ends the run, and the next export of the organization gets its turn", async () => {
  const { services, storing, release } = await setUp();
  const [scope] = await organizationsOf(services, 1);
  if (!scope) throw new Error("There is no organization.");
  await seedEvents(scope, { count: 50, ...YEAR, seed: 1 });
  const [canceled, next] = [await request(scope), await request(scope)];
  await expect.poll(() => [...storing].join()).toContain(canceled);
  await cancelExport(scope, canceled);
  await expect.poll(() => runs(services)).toContainEqual({ status: "cancelled", count: 1 });
  release();
  await expect.poll(async () => (await getExport(scope, next)).state, { timeout: 30_000 }).toBe("ready");
  expect(await getExport(scope, canceled)).toMatchObject({ state: "error", failure: "Canceled by Grace Hopper." });
  await expect
    .poll(async () => (await runs(services)).toSorted((one, other) => (one.status < other.status ? -1 : 1)))
    .toEqual([
      { status: "cancelled", count: 1 },
      { status: "completed", count: 1 },
    ]);
});

test("the sweep restarts an export whose run was lost; the file has the events counted first", async () => {
  const { services, storing, release, clock } = await setUp();
  const [scope] = await organizationsOf(services, 1);
  if (!scope) throw new Error("There is no organization.");
  await seedEvents(scope, { count: 50, ...YEAR, seed: 1 });
  const id = await request(scope);
  await expect.poll(() => storing.size).toBe(1);
  await services.db.query("DELETE FROM runner.runs", []);
  release();
  await expect.poll(() => storing.size).toBe(0);
  await seedEvents(scope, { count: 50, ...YEAR, seed: 2 });
  // The old call has ended and could not save its result.
  clock.ahead = 31 * 60_000;
  await expect
    .poll(
      async () => {
        await sweepExports(services);
        return getExport(scope, id);
      },
      { timeout: 30_000, interval: 200 },
    )
    .toMatchObject({ state: "ready", progress: { rowsDone: 50, rowsTotal: 50 } });
  await expect.poll(() => runs(services)).toContainEqual({ status: "completed", count: 1 });
});
