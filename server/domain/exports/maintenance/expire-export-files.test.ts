import { expect } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { readFile, request, runExport, YEAR } from "@/server/testing/run-export";
import { blobKey } from "@/server/domain/exports/blob-key";
import { createDownloadUrl, findDownload } from "@/server/domain/exports/download";
import { downloadSlots } from "@/server/domain/exports/download-slots";
import { expireExportFiles } from "./expire-export-files";
import { failExport } from "@/server/domain/exports/writing/fail-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { requestExport } from "@/server/domain/exports/request-export";
import { runExportAgain } from "@/server/domain/exports/run-export-again";

const DAY = 86_400_000;
const GONE = { code: "gone", message: "The file was deleted after 7 days. Export again." };

function partsOf(address: string) {
  const { pathname, searchParams } = new URL(address);
  const [expires = "", signature = ""] = [searchParams.get("expires"), searchParams.get("signature")].map(String);
  return { exportId: pathname.replace("/downloads/", ""), expires, signature };
}

test("a file is deleted after exportFileDays, and its downloads then return gone", async ({ organization, world }) => {
  await storeEvents(organization, [anEvent()]);
  const id = await request(organization);
  await runExport(organization, id);
  const finished = world.clock.now.getTime();
  expect(await getExport(organization, id)).toMatchObject({
    expiresAt: new Date(finished + 7 * DAY),
    fileDeletedAt: null,
  });

  world.clock.now = new Date(finished + 7 * DAY - 1);
  const address = partsOf((await createDownloadUrl(organization, id)).url);
  await expireExportFiles(world.services);
  expect(await readFile(organization, id)).not.toHaveLength(0);

  world.clock.now = new Date(finished + 7 * DAY);
  await expireExportFiles(world.services);
  await expireExportFiles(world.services);
  await expect(readFile(organization, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await getExport(organization, id)).toMatchObject({
    state: "ready",
    expiresAt: null,
    fileDeletedAt: world.clock.now,
    progress: { rowsDone: 1 },
  });
  await expect(createDownloadUrl(organization, id)).rejects.toMatchObject(GONE);
  await expect(findDownload(world.services, address)).rejects.toMatchObject(GONE);
});

test("a missing file counts as deleted, and one that fails to be deleted does not stop others", async ({
  organization,
  world,
}) => {
  const [missing, stuck, last] = [
    await request(organization),
    await request(organization),
    await request(organization),
  ];
  for (const id of [missing, stuck, last]) await runExport(organization, id);
  await organization.blobs.delete(blobKey(missing));
  const { url } = await createDownloadUrl(organization, missing);
  const slot = world.services.caches.of(downloadSlots).take({ address: "192.0.2.1", exportId: missing });
  const download = await findDownload(world.services, partsOf(url));
  await expect(download.open(slot)).rejects.toMatchObject({ code: "gone" });

  world.clock.now = new Date(world.clock.now.getTime() + 8 * DAY);
  const blobs: typeof organization.blobs = {
    ...organization.blobs,
    delete: async (key) => {
      if (key === blobKey(stuck)) throw new Error("no");
      await organization.blobs.delete(key);
    },
  };
  const deleted = async () =>
    Promise.all([missing, stuck, last].map(async (id) => (await getExport(organization, id)).fileDeletedAt !== null));
  await expect(expireExportFiles({ ...world.services, blobs })).rejects.toThrow("no");
  expect(await deleted()).toEqual([true, false, true]);
  await expireExportFiles(world.services);
  expect(await deleted()).toEqual([true, true, true]);
});

test("an ended export runs again with its filters and format over current events", async ({
  organization,
  stranger,
  world,
}) => {
  const filters = eventFilters.parse({ ...YEAR, actions: ["document.updated"] });
  const { id } = await requestExport(organization, { filters, format: "jsonl", gzip: true });
  await expect(runExportAgain(organization, id)).rejects.toMatchObject({ code: "conflict" });
  await failExport(organization, id, new Error("no"));
  await storeEvents(organization, [anEvent()]);
  const again = await runExportAgain(organization, id);
  expect(again).toMatchObject({ state: "pending", filters, format: "jsonl", gzip: true });
  expect(again.id).not.toBe(id);
  expect(world.sent.at(-1)).toMatchObject({ name: "export.requested", id: again.id });
  await runExport(organization, again.id);
  expect(await getExport(organization, again.id)).toMatchObject({ state: "ready", progress: { rowsDone: 1 } });
  await expect(runExportAgain(stranger, id)).rejects.toMatchObject({ code: "not_found" });
});
