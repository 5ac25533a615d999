import { buffer } from "node:stream/consumers";
import { expect, vi } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { anEvent, createOrganization, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { cancelExport } from "./cancel-export";
import { createDownloadUrl, findDownload } from "./download";
import { exportFileName } from "./file-name";
import { completeExport, failExport } from "@/server/domain/exports/writing/complete-export";
import { findExportInEnvironment, getExport, listEnvironmentExports, listExports } from "./read-exports";
import { requestExport } from "./request-export";
import { sweepExports } from "@/server/domain/exports/maintenance/sweep-exports";
import { writeExportPart } from "@/server/domain/exports/writing/write-export-part";

const MINUTE = 60_000;
const filters = eventFilters.parse({ ...YEAR, actions: ["a"] });

test("an export is stored before it is announced, with what was asked for and by whom", async ({
  organization,
  world,
}) => {
  const asked = await requestExport(organization, { filters });
  expect(asked).toMatchObject({
    state: "pending",
    organizationName: "Acme",
    filters,
    requestedBy: organization.principal,
    progress: { startedAt: null, rowsDone: 0, rowsTotal: null, bytes: 0, secondsLeft: null },
  });
  expect(await getExport(organization, asked.id)).toEqual(asked);
  const data = { exportId: asked.id, organizationId: organization.organization.id };
  expect(world.sent.at(-1)).toEqual({ name: "export.requested", id: asked.id, data });
});

test("an export that could not be announced is announced by the sweep, under the same id", async ({
  organization,
  world,
}) => {
  const unreachable = { ...organization, send: () => Promise.reject(new Error("unreachable")) };
  const { id } = await requestExport(unreachable, { filters });
  const announced = () => world.sent.filter((event) => event.id === id).length;
  await sweepExports(world.services);
  expect(announced()).toBe(0);
  world.clock.now = new Date(world.clock.now.getTime() + 3 * MINUTE);
  await sweepExports(world.services);
  await sweepExports(world.services);
  expect(announced()).toBe(2);
  await beginExport(organization, id);
  await sweepExports(world.services);
  expect(announced()).toBe(2);
});

test("the time left is told by the pace so far, moves within a part, and is told no more at the end", async ({
  organization,
  world,
}) => {
  await seedEvents(organization, { count: 1500, ...YEAR, seed: 2 });
  const id = await request(organization);
  const progress = async () => (await getExport(organization, id)).progress;
  await beginExport(organization, id);
  expect((await progress()).secondsLeft).toBeNull();
  // The clock runs ten times as fast as the one that says when to note.
  const started = Date.now();
  const now = () => new Date(world.clock.now.getTime() + 10 * (Date.now() - started));
  const seen: Awaited<ReturnType<typeof progress>>[] = [];
  const { putPart } = organization.blobs;
  const watched: typeof putPart = (key, uploadId, number, body) =>
    putPart(
      key,
      uploadId,
      number,
      (async function* () {
        for await (const chunk of body) {
          yield chunk;
          // What is written by now is noted while the part is still being written.
          if (chunk.byteLength > 1_000) {
            seen.push(await vi.waitUntil(async () => hasMoved(await progress(), seen.at(-1)), { timeout: 10_000 }));
          }
        }
      })(),
    );
  const scope = { ...organization, now, blobs: { ...organization.blobs, putPart: watched } };
  const part = await writeExportPart(scope, id, null, 1);
  expect(seen.length).toBeGreaterThan(2);
  for (const { secondsLeft, rowsDone } of seen.slice(0, -1)) {
    expect(rowsDone).toBeLessThan(1500);
    expect(secondsLeft).toBeGreaterThan(0);
  }
  expect(await progress()).toMatchObject({ rowsDone: 1500, secondsLeft: 0 });
  await completeExport(organization, id, part ? [part] : []);
  expect((await progress()).secondsLeft).toBeNull();
});

function hasMoved<Progress extends { rowsDone: number }>(
  now: Progress,
  before: Progress | undefined,
): Progress | false {
  return now.rowsDone > (before?.rowsDone ?? 0) && now;
}

test("another organization's export is not found, as if it did not exist, and is in nobody else's list", async ({
  environment,
  organization,
  stranger,
}) => {
  const id = await request(organization);
  const neighbour = await createOrganization(environment, "Neighbour");
  const answer = { code: "not_found", message: `Audit Log Export not found: '${id}'.` };
  for (const scope of [neighbour, stranger]) {
    await expect(getExport(scope, id)).rejects.toMatchObject(answer);
    await expect(cancelExport(scope, id)).rejects.toMatchObject(answer);
    await expect(createDownloadUrl(scope, id)).rejects.toMatchObject(answer);
    expect((await listExports(scope, {})).items).toEqual([]);
  }
  const { organization: _, ...elsewhere } = stranger;
  await expect(findExportInEnvironment(elsewhere, id)).rejects.toMatchObject(answer);
  expect((await listEnvironmentExports(elsewhere, {})).items).toEqual([]);
  expect((await findExportInEnvironment(environment, id)).scope.organization).toEqual(organization.organization);
  expect((await listEnvironmentExports(environment, {})).items.map((item) => item.id)).toEqual([id]);
});

test("exports are listed newest first, page by page", async ({ organization, world }) => {
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    world.clock.now = new Date(world.clock.now.getTime() + 1);
    ids.unshift(await request(organization));
  }
  const first = await listExports(organization, { limit: 3 });
  const second = await listExports(organization, { limit: 3, cursor: first.next });
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(ids);
  expect(second.next).toBeNull();
});

test("cancelling says who did it, twice is as good as once, and a finished export stays finished", async ({
  organization,
  world,
}) => {
  const id = await request(organization);
  const cancelled = await cancelExport(organization, id);
  expect(cancelled).toMatchObject({
    state: "error",
    failure: "Cancelled by Grace Hopper.",
    finishedAt: world.clock.now,
    cancelledAt: world.clock.now,
  });
  expect(await cancelExport(organization, id)).toEqual(cancelled);
  expect(world.sent.filter((event) => event.name === "export.cancelled" && event.data.exportId === id)).toHaveLength(2);

  const ready = await request(organization);
  await runExport(organization, ready);
  await expect(cancelExport(organization, ready)).rejects.toMatchObject({ code: "conflict" });
  const failed = await request(organization);
  await failExport(organization, failed, new Error("no"));
  await expect(cancelExport(organization, failed)).rejects.toMatchObject({ code: "conflict" });
});

test("the portal learns that the vendor cancelled an export, and not who of them", async ({ organization }) => {
  const customer = { type: "portal_session", id: "portal_session_1", name: "Acme (portal)" } as const;
  const portal = { ...organization, principal: customer };
  const id = await request(portal);
  expect(await cancelExport(organization, id)).toMatchObject({ failure: "Cancelled by Grace Hopper." });
  const seen = { state: "error", failure: "It was cancelled before its file was complete." };
  expect(await getExport(portal, id)).toMatchObject(seen);
  expect((await listExports(portal, {})).items).toMatchObject([seen]);
});

test("a download address gives the file for ten minutes, and then no more", async ({ organization, world }) => {
  world.clock.now = new Date("2026-11-01T00:00:00.000Z");
  await storeEvents(organization, [anEvent()]);
  const id = await request(organization);
  await expect(createDownloadUrl(organization, id)).rejects.toMatchObject({ code: "conflict" });
  const file = await runExport(organization, id);
  const { url, expiresAt } = await createDownloadUrl(organization, id);
  expect(expiresAt.getTime() - world.clock.now.getTime()).toBe(10 * MINUTE);
  const download = await findDownload(world.services, partsOf(url));
  expect(await buffer(await download.open())).toEqual(file);
  expect(download).toMatchObject({
    fileName: "audit-log_Acme_2026-01-01_2027-01-01.csv",
    contentType: "text/csv; charset=utf-8",
    rows: 1,
    bytes: file.length,
    sha256: (await getExport(organization, id)).sha256,
  });
  world.clock.now = new Date(world.clock.now.getTime() + 10 * MINUTE);
  await expect(findDownload(world.services, partsOf(url))).rejects.toMatchObject({ code: "gone" });
});

test("a download address that was changed in any part is refused", async ({ organization, world }) => {
  const [id, other] = [await request(organization), await request(organization)];
  await runExport(organization, id);
  await runExport(organization, other);
  const right = partsOf((await createDownloadUrl(organization, id)).url);
  const forgeries = [
    { ...right, exportId: other },
    { ...right, exportId: "audit_log_export_none" },
    { ...right, expires: String(Number(right.expires) + 1) },
    { ...right, expires: `${right.expires}.0` },
    { ...right, signature: "" },
    { ...right, signature: right.signature.slice(0, -2) },
    { ...right, signature: `${right.signature}AA` },
    { ...right, signature: `${right.signature.startsWith("A") ? "B" : "A"}${right.signature.slice(1)}` },
  ];
  for (const forgery of forgeries)
    await expect(findDownload(world.services, forgery)).rejects.toMatchObject({ code: "forbidden" });
  const elsewhere = { ...world.services, config: { ...world.services.config, downloadSecret: "another" } };
  await expect(findDownload(elsewhere, right)).rejects.toMatchObject({ code: "forbidden" });
});

test("file names are safe whatever the organization is called", () => {
  const name = (organization: string, range: { from: Date; to: Date } = YEAR) =>
    exportFileName(
      { organization: { id: "org_1", name: organization }, format: "csv", gzip: false },
      eventFilters.parse(range),
    );
  expect(name('Müller & Søn / "Ltd"\r\n../..')).toBe("audit-log_Muller-S-n-Ltd_2026-01-01_2027-01-01.csv");
  expect(name("日本")).toBe("audit-log_org_1_2026-01-01_2027-01-01.csv");
  expect(name("A".repeat(255))).toHaveLength("audit-log__2026-01-01_2027-01-01.csv".length + 60);
  const hours = { from: new Date("2026-09-01T10:00:00.000Z"), to: new Date("2026-09-01T12:30:00.500Z") };
  expect(name("Acme", hours)).toBe("audit-log_Acme_2026-09-01T100000Z_2026-09-01T123000Z.csv");
});

function partsOf(address: string): { exportId: string; expires: string; signature: string } {
  const url = new URL(address);
  return {
    exportId: url.pathname.replace("/downloads/", ""),
    expires: url.searchParams.get("expires") ?? "",
    signature: url.searchParams.get("signature") ?? "",
  };
}
