import { readdir } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import type { BlobStore } from "@/server/kernel/ports/blob-store";
import { seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { readFile, request, runExport, writeParts, YEAR } from "@/server/testing/run-export";
import type { TestServices } from "@/server/testing/services";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { blobKey } from "@/server/domain/exports/blob-key";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { completeExport } from "@/server/domain/exports/writing/complete-export";
import { failExport } from "@/server/domain/exports/writing/fail-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { sweepExports } from "./sweep-exports";
import { writeExportPart } from "@/server/domain/exports/writing/write-export-part";

const [MINUTE, HOUR] = [60_000, 3_600_000];
const SMALL = { rows: 100, bytes: 50_000 };

/** Returns the name of every finished file (the folder of its parts) and every upload. */
async function stored({ blobDirectory }: TestServices): Promise<string[]> {
  const entries = await readdir(blobDirectory, { recursive: true, withFileTypes: true });
  const isPart = (folder: string) => path.basename(folder).startsWith("audit_log_export");
  return entries
    .filter((entry) => entry.name.startsWith("audit_log_export") || (entry.isFile() && !isPart(entry.parentPath)))
    .map(({ name }) => name);
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function sweepAfter(world: TestServices, milliseconds: number, blobs?: BlobStore): Promise<void> {
  world.clock.now = new Date(world.clock.now.getTime() + milliseconds);
  await sweepExports({ ...world.services, ...(blobs && { blobs }) });
}

test("the sweep deletes what a crashed process left of a canceled export", async ({ organization, world }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 8 });
  const id = await request(organization);
  await beginExport(organization, id);
  await writeExportPart(organization, id, null, 1, SMALL);
  await cancelExport(organization, id);
  expect(await stored(world)).not.toEqual([]);
  await sweepAfter(world, MINUTE + 1);
  expect(await stored(world)).toEqual([]);
});

test("the sweep deletes an upload whose process crashed before it saved the upload", async ({
  organization,
  world,
}) => {
  const [canceled, failed] = [await request(organization), await request(organization)];
  for (const id of [canceled, failed]) await organization.blobs.begin(blobKey(id));
  await cancelExport(organization, canceled);
  await failExport(organization, failed, new Error("no"));
  expect(await stored(world)).toEqual([`${canceled}.csv`]);
  await sweepAfter(world, MINUTE + 1);
  expect(await stored(world)).toEqual([]);
});

test("what late work stores after the sweep is deleted hours later, and finished files stay", async ({
  organization,
  world,
}) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 8 });
  const ready = await request(organization);
  const file = await runExport(organization, ready, SMALL);
  const id = await request(organization);
  await beginExport(organization, id);
  const parts = await writeParts(organization, id, SMALL);
  const { uploadId } = await organization.db.prisma.auditLogExport.findUniqueOrThrow({ where: { id } });
  await cancelExport(organization, id);
  // A process asked the store to join the parts and crashed; the store finishes later.
  await organization.blobs.complete(blobKey(id), uploadId ?? "", parts.slice(0, 1));
  await sweepAfter(world, MINUTE + 1);
  expect(await stored(world)).toEqual([`${ready}.csv`]);
  const late = organization.blobs;
  for (const key of [id, ready].map(blobKey)) {
    const upload = await late.begin(key);
    const part = await late.putPart(key, upload, 1, once("late"));
    if (key === blobKey(id)) await late.complete(key, upload, [part]);
  }
  expect(await stored(world)).not.toEqual([`${ready}.csv`]);
  await sweepAfter(world, 5 * HOUR);
  expect(await stored(world)).not.toEqual([`${ready}.csv`]);
  await sweepAfter(world, HOUR);
  expect(await stored(world)).toEqual([`${ready}.csv`]);
  expect((await readFile(organization, ready)).equals(file)).toBe(true);
  const left = "SELECT id FROM audit_log_export WHERE leftover_looks < 2";
  expect(await organization.db.query(left, [])).toEqual([]);
});

test("leftovers that fail to be deleted do not stop the rest of the sweep", async ({ organization, world }) => {
  const ids = [await request(organization), await request(organization), await request(organization)];
  for (const id of ids) await beginExport(organization, id);
  for (const id of ids) await cancelExport(organization, id);
  const [stuck = ""] = ids;
  const queued = await request(organization);
  world.sent.length = 0;
  const blobs: BlobStore = {
    ...organization.blobs,
    abort: async (key) => {
      if (key === blobKey(stuck)) throw new Error("no");
      await organization.blobs.abort(key);
    },
  };
  await expect(sweepAfter(world, 3 * MINUTE, blobs)).rejects.toThrow("no");
  expect((await stored(world)).filter((name) => ids.includes(name.replace(".csv", "")))).toEqual([`${stuck}.csv`]);
  expect(world.sent).toContainEqual(expect.objectContaining({ name: "export.requested", id: queued }));
  await sweepAfter(world, MINUTE);
  expect((await stored(world)).filter((name) => ids.includes(name.replace(".csv", "")))).toEqual([]);
});

test("work that ends after another run has finished the export changes nothing", async ({ organization, world }) => {
  await seedEvents(organization, { count: 500, ...YEAR, seed: 8 });
  const id = await request(organization);
  await beginExport(organization, id);
  const parts = await writeParts(organization, id, SMALL);
  const before = await stored(world);
  await completeExport(organization, id, parts);
  const finished = await getExport(organization, id);
  const file = await readFile(organization, id);
  expect(await writeExportPart(organization, id, parts[0]?.cursor ?? null, 2, SMALL)).toBeNull();
  await completeExport(organization, id, parts);
  expect(await beginExport(organization, id)).toBe(false);
  expect(await getExport(organization, id)).toEqual(finished);
  expect((await readFile(organization, id)).equals(file)).toBe(true);
  expect((await stored(world)).length).toBeLessThan(before.length);
});
