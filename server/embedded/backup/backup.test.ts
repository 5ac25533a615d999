import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { expect, onTestFinished } from "vitest";
import { sweepExports } from "@/server/domain/exports/maintenance/sweep-exports";
import { blobKey } from "@/server/domain/exports/blob-key";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { diskBlobStore } from "@/server/infra/blob-storage/disk";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { createEmptyDatabase } from "@/server/testing/database";
import { createOrganization, seedEvents } from "@/server/testing/factories";
import { serveApi } from "@/server/testing/serve-api";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";
import { createTestServices } from "@/server/testing/services";
import { restoreBackup } from "./restore-backup";
import { takeBackup } from "./take-backup";

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "trailport-backup-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty database and store of files. */
async function newTarget() {
  const database = await createEmptyDatabase();
  onTestFinished(database.drop);
  const blobs = diskBlobStore(pathToFileURL(await newFolder()).href);
  return { ownerUrl: database.url, databaseUrl: database.url, blobs };
}

/** Sends events one after the other over each of several connections. Returns how many are acknowledged, and how to stop. */
function ingest(url: string, secret: string, organizationId: string) {
  const acknowledged: string[] = [];
  let isStopped = false;
  let number = 0;
  const send = async () => {
    while (!isStopped) {
      const id = `event_${(number += 1)}`;
      const response = await fetch(`${url}/audit_logs/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify({
          organization_id: organizationId,
          event: {
            action: "under.load",
            occurred_at: "2026-09-14T12:00:00.000Z",
            actor: { id: "user_1", type: "user" },
            targets: [{ id, type: "team" }],
            context: { location: "192.0.2.1" },
          },
        }),
      });
      if (response.status === 201) acknowledged.push(id);
    }
  };
  const senders = Array.from({ length: 8 }, send);
  return {
    acknowledged,
    async stop() {
      isStopped = true;
      await Promise.all(senders);
    },
  };
}

async function rowsOf(databaseUrl: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return rows;
}

test("a backup under ingest load has every event that was acknowledged before it, and each file", async ({
  world,
  environment,
  organization,
}) => {
  await seedEvents(organization, { count: 5_000, ...YEAR, seed: 1 });
  const exportId = await request(organization);
  const file = await runExport(organization, exportId);
  const unfinished = await request(organization);
  await beginExport(organization, unfinished);
  const { secret } = await createApiKey(environment, { name: "load" });
  const api = await serveApi(world.services);
  onTestFinished(api.close);
  const load = ingest(api.url, secret, organization.organization.id);
  await expect.poll(() => load.acknowledged.length).toBeGreaterThan(50);

  const before = [...load.acknowledged];
  const folder = path.join(await newFolder(), "backup");
  const manifest = await takeBackup({ databaseUrl: world.databaseUrl, blobs: world.services.blobs }, folder);
  await load.stop();
  expect(load.acknowledged.length).toBeGreaterThan(before.length);

  const target = await newTarget();
  expect(await restoreBackup(target, folder)).toEqual(manifest);
  const stored = await rowsOf(target.ownerUrl, "SELECT e.targets FROM log.event e WHERE e.action = 'under.load'");
  const text = JSON.stringify(stored);
  expect(before.filter((id) => !text.includes(`"${id}"`))).toEqual([]);
  expect(await buffer((await target.blobs.read(blobKey(exportId))).body)).toEqual(file);
  const tables = "SELECT count(*)::int AS count FROM log.event e WHERE e.action <> 'under.load'";
  expect(await rowsOf(target.ownerUrl, tables)).toEqual(await rowsOf(world.databaseUrl, tables));
});

test("a restored installation serves its keys and files, takes new events and restarts unfinished exports", async ({
  world,
  environment,
  organization,
}) => {
  await seedEvents(organization, { count: 300, ...YEAR, seed: 2 });
  const unfinished = await request(organization);
  await beginExport(organization, unfinished);
  const { secret } = await createApiKey(environment, { name: "restored" });
  const folder = path.join(await newFolder(), "backup");
  await takeBackup({ databaseUrl: world.databaseUrl, blobs: world.services.blobs }, folder);
  const target = await newTarget();
  await restoreBackup(target, folder);

  const restored = await createTestServices(target.ownerUrl);
  onTestFinished(restored.close);
  const api = await serveApi(restored.services);
  onTestFinished(api.close);
  const load = ingest(api.url, secret, organization.organization.id);
  await expect.poll(() => load.acknowledged.length).toBeGreaterThan(0);
  await load.stop();
  restored.clock.now = new Date(world.clock.now.getTime() + 5 * 60_000);
  await sweepExports(restored.services);
  expect(restored.sent.map(({ id }) => id)).toContain(unfinished);
  // New rows get primary keys after the restored ones.
  await createOrganization({ ...environment, ...restored.services });
  const months = "SELECT count(*)::int AS count FROM log.month";
  expect(await rowsOf(target.ownerUrl, months)).toEqual(await rowsOf(world.databaseUrl, months));
  const triggers = "SELECT count(*)::int AS count FROM pg_trigger WHERE tgenabled = 'D'";
  expect(await rowsOf(target.ownerUrl, triggers)).toEqual([{ count: 0 }]);
});

test("an export whose file is not in the backup says that its file was deleted", async ({ world, organization }) => {
  await seedEvents(organization, { count: 10, ...YEAR, seed: 3 });
  const id = await request(organization);
  await runExport(organization, id);
  await world.services.blobs.delete(blobKey(id));
  const folder = path.join(await newFolder(), "backup");
  await takeBackup({ databaseUrl: world.databaseUrl, blobs: world.services.blobs }, folder);
  const target = await newTarget();
  await restoreBackup(target, folder);
  const sql = `SELECT file_deleted_at IS NOT NULL AS deleted FROM audit_log_export WHERE id = '${id}'`;
  expect(await rowsOf(target.ownerUrl, sql)).toEqual([{ deleted: true }]);
});

test("a database with a workspace and a folder with files are rejected and stay as they are", async ({
  world,
  organization,
}) => {
  const parent = await newFolder();
  const folder = path.join(parent, "backup");
  await takeBackup({ databaseUrl: world.databaseUrl, blobs: world.services.blobs }, folder);
  await expect(takeBackup({ databaseUrl: world.databaseUrl, blobs: world.services.blobs }, folder)).rejects.toThrow(
    "is not empty",
  );
  const count = "SELECT count(*)::int AS count FROM organization";
  const before = await rowsOf(world.databaseUrl, count);
  const target = { ownerUrl: world.databaseUrl, blobs: world.services.blobs };
  await expect(restoreBackup(target, folder)).rejects.toThrow("The database is not empty: it holds a workspace.");
  expect(await rowsOf(world.databaseUrl, count)).toEqual(before);
  expect(organization.organization.id).toMatch(/^org_/);
  await expect(restoreBackup(await newTarget(), parent)).rejects.toThrow("is not a complete backup");
});

test("a damaged backup restores nothing, and the target can be used again", async ({ world, organization }) => {
  await seedEvents(organization, { count: 100, ...YEAR, seed: 4 });
  const folder = path.join(await newFolder(), "backup");
  await takeBackup({ databaseUrl: world.databaseUrl, blobs: world.services.blobs }, folder);
  const names = await readdir(path.join(folder, "tables"));
  const file = path.join(folder, "tables", names.find((name) => name.startsWith("log.event.")) ?? "");
  const intact = await readFile(file);
  const hash = createHash("sha256").update(intact).digest("hex");
  await writeFile(file, Buffer.concat([intact.subarray(0, -20), Buffer.from("x"), intact.subarray(-19)]));
  const target = await newTarget();
  await expect(restoreBackup(target, folder)).rejects.toThrow();
  expect(await rowsOf(target.ownerUrl, "SELECT 1 FROM workspace UNION ALL SELECT 1 FROM log.event")).toEqual([]);
  await writeFile(file, intact);
  expect(
    createHash("sha256")
      .update(await readFile(file))
      .digest("hex"),
  ).toBe(hash);
  await restoreBackup(target, folder);
  expect((await rowsOf(target.ownerUrl, "SELECT 1 FROM workspace")).length).toBeGreaterThan(0);
});

test("a backup of an older version is migrated, and one of a newer version is rejected", async ({
  world,
  environment,
}) => {
  expect(environment.environment.id).toBeTruthy();
  const folder = path.join(await newFolder(), "backup");
  await takeBackup({ databaseUrl: world.databaseUrl, blobs: world.services.blobs }, folder);
  const file = path.join(folder, "backup.json");
  // The file is a valid backup; only its list of migrations is changed.
  const manifest = JSON.parse(await readFile(file, "utf8")) as { migrations: string[] };
  const newer = { ...manifest, migrations: [...manifest.migrations, "29990101000000_future"] };
  await writeFile(file, JSON.stringify(newer));
  await expect(restoreBackup(await newTarget(), folder)).rejects.toThrow(/newer version .* 29990101000000_future/);
  // The last migration so far that adds a table outside of the backup.
  const last = manifest.migrations.findIndex((name) => name.endsWith("function_registration"));
  await writeFile(file, JSON.stringify({ ...manifest, migrations: manifest.migrations.slice(0, last) }));
  const target = await newTarget();
  await restoreBackup(target, folder);
  expect((await applyMigrations(target.ownerUrl)).applied).toEqual([]);
});
