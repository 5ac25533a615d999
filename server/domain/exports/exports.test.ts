import { buffer } from "node:stream/consumers";
import { expect, vi } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { ALL_TIME } from "@/schemas/limits";
import { anEvent, createOrganization, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { cancelExport } from "./cancel-export";
import { downloadSlots } from "./download-slots";
import { createDownloadUrl, findDownload } from "./download";
import { exportFileName } from "./file-name";
import { completeExport } from "@/server/domain/exports/writing/complete-export";
import { failExport } from "@/server/domain/exports/writing/fail-export";
import { findExportInEnvironment, getExport, listEnvironmentExports, listExports } from "./read-exports";
import { requestExport } from "./request-export";
import { sweepExports } from "@/server/domain/exports/maintenance/sweep-exports";
import { writeExportPart } from "@/server/domain/exports/writing/write-export-part";

const MINUTE = 60_000;
const filters = eventFilters.parse({ ...YEAR, actions: ["a"] });

test("a request is stored before its event is sent, with its filters and requester", async ({
  organization,
  world,
}) => {
  const requested = await requestExport(organization, { filters });
  expect(requested).toMatchObject({
    state: "pending",
    organizationName: "Acme",
    filters,
    requestedBy: organization.principal,
    progress: { startedAt: null, rowsDone: 0, rowsTotal: null, bytes: 0, secondsLeft: null },
  });
  expect(await getExport(organization, requested.id)).toEqual(requested);
  const data = { exportId: requested.id, organizationId: organization.organization.id };
  expect(world.sent.at(-1)).toEqual({ name: "export.requested", id: requested.id, data });
});

test("the sweep sends the event of an export that could not be sent, with the same ID", async ({
  organization,
  world,
}) => {
  const unreachable = { ...organization, send: () => Promise.reject(new Error("unreachable")) };
  const { id } = await requestExport(unreachable, { filters });
  const sent = () => world.sent.filter((event) => event.id === id).length;
  await sweepExports(world.services);
  expect(sent()).toBe(0);
  world.clock.now = new Date(world.clock.now.getTime() + 3 * MINUTE);
  await sweepExports(world.services);
  await sweepExports(world.services);
  expect(sent()).toBe(2);
  await beginExport(organization, id);
  await sweepExports(world.services);
  expect(sent()).toBe(2);
});

test("the time left follows the pace so far, moves within a part, and is null at the end", async ({
  organization,
  world,
}) => {
  await seedEvents(organization, { count: 1500, ...YEAR, seed: 2 });
  const id = await request(organization);
  const progress = async () => (await getExport(organization, id)).progress;
  await beginExport(organization, id);
  expect((await progress()).secondsLeft).toBeNull();
  // This clock runs ten times as fast as the one of the heartbeats.
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
          // A heartbeat saves the progress while the part is still being written.
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

test("an export of another organization returns not_found and is in no other list", async ({
  environment,
  organization,
  stranger,
}) => {
  const id = await request(organization);
  const neighbor = await createOrganization(environment, "Neighbor");
  const failure = { code: "not_found", message: `Audit Log Export not found: '${id}'.` };
  for (const scope of [neighbor, stranger]) {
    await expect(getExport(scope, id)).rejects.toMatchObject(failure);
    await expect(cancelExport(scope, id)).rejects.toMatchObject(failure);
    await expect(createDownloadUrl(scope, id)).rejects.toMatchObject(failure);
    expect((await listExports(scope, {})).items).toEqual([]);
  }
  const { organization: _, ...elsewhere } = stranger;
  await expect(findExportInEnvironment(elsewhere, id)).rejects.toMatchObject(failure);
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

test("canceling names who did it, can be repeated, and is rejected for a finished export", async ({
  organization,
  world,
}) => {
  const id = await request(organization);
  const canceled = await cancelExport(organization, id);
  expect(canceled).toMatchObject({
    state: "error",
    failure: "Canceled by Grace Hopper.",
    finishedAt: world.clock.now,
    canceledAt: world.clock.now,
  });
  expect(await cancelExport(organization, id)).toEqual(canceled);
  expect(world.sent.filter((event) => event.name === "export.cancelled" && event.data.exportId === id)).toHaveLength(2);

  const ready = await request(organization);
  await runExport(organization, ready);
  await expect(cancelExport(organization, ready)).rejects.toMatchObject({ code: "conflict" });
  const failed = await request(organization);
  await failExport(organization, failed, new Error("no"));
  await expect(cancelExport(organization, failed)).rejects.toMatchObject({ code: "conflict" });
});

test("the portal shows that the vendor canceled an export, but not which person", async ({ organization }) => {
  const customer = { type: "portal_session", id: "portal_session_1", name: "Acme (portal)" } as const;
  const portal = { ...organization, principal: customer };
  const id = await request(portal);
  expect(await cancelExport(organization, id)).toMatchObject({ failure: "Canceled by Grace Hopper." });
  const seen = { state: "error", failure: "Canceled." };
  expect(await getExport(portal, id)).toMatchObject(seen);
  expect((await listExports(portal, {})).items).toMatchObject([seen]);
});

test("a download URL returns the file for ten minutes, then gone", async ({ organization, world }) => {
  world.clock.now = new Date("2026-11-01T00:00:00.000Z");
  await storeEvents(organization, [anEvent()]);
  const id = await request(organization);
  await expect(createDownloadUrl(organization, id)).rejects.toMatchObject({ code: "conflict" });
  const file = await runExport(organization, id);
  const { url, expiresAt } = await createDownloadUrl(organization, id);
  expect(expiresAt.getTime() - world.clock.now.getTime()).toBe(10 * MINUTE);
  const download = await findDownload(world.services, partsOf(url));
  const slot = world.services.caches.of(downloadSlots).take({ address: "192.0.2.1", exportId: id });
  expect(await buffer(await download.open(slot))).toEqual(file);
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

test("a download URL with any changed part is rejected", async ({ organization, world }) => {
  const [id, other] = [await request(organization), await request(organization)];
  await runExport(organization, id);
  await runExport(organization, other);
  const valid = partsOf((await createDownloadUrl(organization, id)).url);
  const forgeries = [
    { ...valid, exportId: other },
    { ...valid, exportId: "audit_log_export_none" },
    { ...valid, expires: String(Number(valid.expires) + 1) },
    { ...valid, expires: `${valid.expires}.0` },
    { ...valid, signature: "" },
    { ...valid, signature: valid.signature.slice(0, -2) },
    { ...valid, signature: `${valid.signature}AA` },
    { ...valid, signature: `${valid.signature.startsWith("A") ? "B" : "A"}${valid.signature.slice(1)}` },
  ];
  for (const forgery of forgeries)
    await expect(findDownload(world.services, forgery)).rejects.toMatchObject({ code: "forbidden" });
  const elsewhere = { ...world.services, config: { ...world.services.config, downloadSecret: "another" } };
  await expect(findDownload(elsewhere, valid)).rejects.toMatchObject({ code: "forbidden" });
});

function fileName(organization: string, range: { from: Date; to: Date } = YEAR): string {
  return exportFileName(
    { organization: { id: "org_1", name: organization }, format: "csv", gzip: false },
    eventFilters.parse(range),
  );
}

test("file names keep the letters of any organization name, and are safe", () => {
  expect(fileName("Grüße & Söhne")).toBe("audit-log_Grüße-Söhne_2026-01-01_2027-01-01.csv");
  expect(fileName("Gru\u0308\u00dfe")).toBe("audit-log_Grüße_2026-01-01_2027-01-01.csv");
  expect(fileName('Müller & Søn / "Ltd"\r\n../..')).toBe("audit-log_Müller-Søn-Ltd_2026-01-01_2027-01-01.csv");
  expect(fileName("日本 株式会社")).toBe("audit-log_日本-株式会社_2026-01-01_2027-01-01.csv");
  expect(fileName("हिन्दी")).toBe("audit-log_हिन्दी_2026-01-01_2027-01-01.csv");
  expect(fileName("\u202egpj.exe\u0000\u200b")).toBe("audit-log_gpj-exe_2026-01-01_2027-01-01.csv");
  for (const name of ["🎉", "/", " ", "-"]) expect(fileName(name)).toBe("audit-log_org_1_2026-01-01_2027-01-01.csv");
  expect(fileName("A".repeat(255))).toHaveLength("audit-log__2026-01-01_2027-01-01.csv".length + 60);
  for (const name of ["𝒜".repeat(255), "日".repeat(255), `a${"\u0301".repeat(1000)}`, "हिन्दी".repeat(40)]) {
    expect(Buffer.byteLength(fileName(name))).toBeLessThanOrEqual(255);
    expect(fileName(name).isWellFormed()).toBe(true);
  }
});

test("file names say the range, also of all time and of a range with one end", () => {
  const hours = { from: new Date("2026-09-01T10:00:00.000Z"), to: new Date("2026-09-01T12:30:00.500Z") };
  expect(fileName("Acme", hours)).toBe("audit-log_Acme_2026-09-01T100000Z_2026-09-01T123000Z.csv");
  expect(fileName("Acme", ALL_TIME)).toBe("audit-log_Acme_all-time.csv");
  expect(fileName("Acme", { ...ALL_TIME, to: YEAR.to })).toBe("audit-log_Acme_until_2027-01-01.csv");
  expect(fileName("Acme", { ...ALL_TIME, from: YEAR.from })).toBe("audit-log_Acme_since_2026-01-01.csv");
});

function partsOf(address: string): { exportId: string; expires: string; signature: string } {
  const url = new URL(address);
  return {
    exportId: url.pathname.replace("/downloads/", ""),
    expires: url.searchParams.get("expires") ?? "",
    signature: url.searchParams.get("signature") ?? "",
  };
}
