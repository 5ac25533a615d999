import { Readable } from "node:stream";
import pg from "pg";
import { expect, onTestFinished } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import type { BlobStore } from "@/server/kernel/ports/blob-store";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, writeParts, YEAR } from "@/server/testing/run-export";
import { beginExport } from "./begin-export";
import { blobKey } from "@/server/domain/exports/blob-key";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { completeExport } from "./complete-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { writeExportPart } from "./write-export-part";

/** Milliseconds from a cancellation to the end of the work, on a machine that does other things besides. */
const AT_MOST = 5_000;

/** Cancels the export once the work on it has come to where it would stay for ever, and lets it end. */
async function cancelled(
  scope: OrganizationScope,
  id: string,
  work: Promise<unknown>,
  isThere: () => Promise<boolean>,
): Promise<void> {
  await expect.poll(isThere, { timeout: 20_000, interval: 20 }).toBe(true);
  const since = performance.now();
  await cancelExport(scope, id);
  await work;
  expect(performance.now() - since).toBeLessThan(AT_MOST);
  expect(await getExport(scope, id)).toMatchObject({ state: "error", failure: "Cancelled by Grace Hopper." });
  await expect(scope.blobs.read(blobKey(id))).rejects.toMatchObject({ code: "not_found" });
}

test("a cancellation ends a count that goes on and on, in the database as well", async ({ organization, world }) => {
  const id = await request(organization);
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  // The count comes to a table that it does not get.
  await client.query("BEGIN; LOCK TABLE log.event_past IN ACCESS EXCLUSIVE MODE");
  const counting = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT count(*)::int AS count FROM%'";
  const waits = async () => (await organization.db.query(`${counting} AND wait_event_type = 'Lock'`, [])).length === 1;
  await cancelled(organization, id, beginExport(organization, id), waits);
  expect(await organization.db.query(`${counting} AND state = 'active'`, [])).toEqual([]);
});

test("a cancellation ends the wait for somebody who stores events and does not commit", async ({
  organization,
  world,
}) => {
  const id = await request(organization);
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("BEGIN; DELETE FROM log.event");
  const begun = async () => (await getExport(organization, id)).progress.startedAt !== null;
  await cancelled(organization, id, beginExport(organization, id), begun);
});

test("a cancellation ends the joining of the parts, and the reading of the file", async ({ organization }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 1 });
  for (const slow of ["complete", "read"] as const) {
    const id = await request(organization);
    await beginExport(organization, id);
    const parts = await writeParts(organization, id, { rows: 100, bytes: 50_000 });
    let isThere = false;
    const stays: Pick<BlobStore, "complete" | "read"> = {
      complete: (_key, _upload, _parts, signal) =>
        new Promise((_, reject) => {
          isThere = true;
          signal?.addEventListener("abort", () => reject(signal.reason as Error));
        }),
      read: async () => ({ bytes: 1, body: new Readable({ read: () => void (isThere = true) }) }),
    };
    const blobs = { ...organization.blobs, [slow]: stays[slow] };
    const work = completeExport({ ...organization, blobs }, id, parts);
    await cancelled(organization, id, work, async () => isThere);
  }
});

test("a part that cannot be stored ends the statement behind it, also where the compression waits for a row", async ({
  organization,
  world,
}) => {
  const { id } = await requestExport(organization, { filters: eventFilters.parse(YEAR), gzip: true });
  await beginExport(organization, id);
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("BEGIN; LOCK TABLE log.event_past IN ACCESS EXCLUSIVE MODE");
  const copying = async () => {
    const rows = await organization.db.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%' AND wait_event_type = 'Lock'",
      [],
    );
    return rows.length;
  };
  const putPart: BlobStore["putPart"] = async (_key, _upload, _number, body) => {
    for await (const _ of body) {
      await expect.poll(copying, { timeout: 20_000, interval: 20 }).toBe(1);
      throw new Error("no space");
    }
    throw new Error("The part is empty.");
  };
  const scope = { ...organization, blobs: { ...organization.blobs, putPart } };
  await expect(writeExportPart(scope, id, null, 1)).rejects.toThrow("no space");
  await expect.poll(copying, { timeout: AT_MOST, interval: 20 }).toBe(0);
});
