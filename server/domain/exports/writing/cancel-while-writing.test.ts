import { Readable } from "node:stream";
import pg from "pg";
import { expect, onTestFinished } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import type { BlobStore } from "@/server/kernel/ports/blob-store";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, writeParts, YEAR } from "@/server/testing/run-export";
import { inAnotherProcess } from "@/server/testing/services";
import { beginExport } from "./begin-export";
import { blobKey } from "@/server/domain/exports/blob-key";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { completeExport } from "./complete-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { writeExportPart } from "./write-export-part";

/** Cancels the export once its work is blocked forever, and waits for the end of the work. */
async function cancelWhenBlocked(
  scope: OrganizationScope,
  id: string,
  work: Promise<unknown>,
  isBlocked: () => Promise<boolean>,
): Promise<void> {
  await expect.poll(isBlocked, { timeout: 20_000, interval: 20 }).toBe(true);
  await cancelExport(scope, id);
  await work;
  expect(await getExport(scope, id)).toMatchObject({ state: "error", failure: "Canceled by Grace Hopper." });
  await expect(scope.blobs.read(blobKey(id))).rejects.toMatchObject({ code: "not_found" });
}

test("a cancellation ends a blocked count, in the database as well", async ({ organization, world }) => {
  const id = await request(organization);
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  // The count waits for this lock.
  await client.query("BEGIN; LOCK TABLE log.event_past IN ACCESS EXCLUSIVE MODE");
  const counting = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT count(*)::int AS count FROM%'";
  const waits = async () => (await organization.db.query(`${counting} AND wait_event_type = 'Lock'`, [])).length === 1;
  await cancelWhenBlocked(organization, id, beginExport(organization, id), waits);
  expect(await organization.db.query(`${counting} AND state = 'active'`, [])).toEqual([]);
});

test("a cancellation ends the wait for a transaction that stores events and stays open", async ({
  organization,
  world,
}) => {
  const id = await request(organization);
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("BEGIN; DELETE FROM log.event");
  const begun = async () => (await getExport(organization, id)).progress.startedAt !== null;
  await cancelWhenBlocked(organization, id, beginExport(organization, id), begun);
});

test("a cancellation ends the joining of the parts and the reading of the file", async ({ organization }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 1 });
  for (const slow of ["complete", "read"] as const) {
    const id = await request(organization);
    await beginExport(organization, id);
    const parts = await writeParts(organization, id, { rows: 100, bytes: 50_000 });
    let isBlocked = false;
    const blocked: Pick<BlobStore, "complete" | "read"> = {
      complete: (_key, _upload, _parts, signal) =>
        new Promise((_, reject) => {
          isBlocked = true;
          signal?.addEventListener("abort", () => reject(signal.reason as Error));
        }),
      read: async () => ({ bytes: 1, body: new Readable({ read: () => void (isBlocked = true) }) }),
    };
    const blobs = { ...organization.blobs, [slow]: blocked[slow] };
    // Another process has to read the file back for its SHA-256.
    const work = completeExport(inAnotherProcess({ ...organization, blobs }), id, parts);
    await cancelWhenBlocked(organization, id, work, async () => isBlocked);
  }
});

test("a part that cannot be stored ends its statement, even while compression waits for rows", async ({
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
  await expect.poll(copying, { timeout: 20_000, interval: 20 }).toBe(0);
});
