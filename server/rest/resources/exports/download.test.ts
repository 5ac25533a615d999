import { createHash } from "node:crypto";
import { get, type IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { expect } from "vitest";
import { createDownloadUrl } from "@/server/domain/exports/download";
import { expireExportFiles } from "@/server/domain/exports/maintenance/expire-export-files";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { anEvent, createOrganization, storeEvents } from "@/server/testing/factories";
import { serveApi } from "@/server/testing/serve-api";
import { test } from "@/server/testing/rest-fixtures";
import { request, runExport } from "@/server/testing/run-export";
import { createTestBucket, S3_MISSING, s3Server } from "@/server/testing/s3";

const NAVIGATION = { "sec-fetch-mode": "navigate", accept: "text/html" };

test("a download and its HEAD have the file's name, type, size, rows and SHA-256", async ({ api, organization }) => {
  await storeEvents(organization, [anEvent(), anEvent()]);
  const id = await request(organization);
  const file = await runExport(organization, id);
  const url = (await createDownloadUrl(organization, id)).url.replace(organization.config.publicUrl, api.url);
  for (const init of [{}, { headers: NAVIGATION }, { method: "HEAD" }]) {
    const response = await fetch(url, { ...init, redirect: "error" });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-length": String(file.length),
      "content-disposition": 'attachment; filename="audit-log_Acme_2026-01-01_2027-01-01.csv"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "x-export-rows": "2",
      "x-export-bytes": String(file.length),
      "x-export-sha256": createHash("sha256").update(file).digest("hex"),
    });
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.equals(init.method === "HEAD" ? Buffer.alloc(0) : file)).toBe(true);
  }
});

/** Downloads with ranges, as a program that resumes does, and compares with the file. */
async function expectRanges(url: string, file: Buffer): Promise<void> {
  const fetchRange = async (range: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers: { range, ...headers }, redirect: "error" });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  };
  const { length } = file;
  const etag = (await fetch(url, { method: "HEAD" })).headers.get("etag") ?? "";
  expect(etag).toBe(`"${createHash("sha256").update(file).digest("hex")}"`);
  for (const [range, from, to] of [
    ["bytes=0-9", 0, 10],
    ["bytes=100-", 100, length],
    ["bytes=-5", length - 5, length],
    [`bytes=5-${length + 100}`, 5, length],
  ] as const) {
    for (const headers of [{}, { "if-range": etag }]) {
      const { status, headers: got, body } = await fetchRange(range, headers);
      expect({ status, range: got["content-range"], length: got["content-length"], etag: got["etag"] }).toEqual({
        status: 206,
        range: `bytes ${from}-${to - 1}/${length}`,
        length: String(to - from),
        etag,
      });
      expect(body.equals(file.subarray(from, to))).toBe(true);
    }
  }
  for (const stale of ['"another"', `W/${etag}`, "Sun, 06 Nov 1994 08:49:37 GMT"]) {
    const { status, headers, body } = await fetchRange("bytes=5-", { "if-range": stale });
    expect({ status, range: headers["content-range"] }).toEqual({ status: 200, range: undefined });
    expect(body.equals(file)).toBe(true);
  }
  for (const ignored of ["bytes=0-1,3-4", "bytes=x", "lines=1-2"]) {
    expect((await fetchRange(ignored)).status).toBe(200);
  }
  const beyond = await fetchRange(`bytes=${length}-`);
  expect({ status: beyond.status, range: beyond.headers["content-range"] }).toEqual({
    status: 416,
    range: `bytes */${length}`,
  });
  const head = await fetch(url, { method: "HEAD", headers: { range: "bytes=0-1" } });
  expect([head.status, head.headers.get("accept-ranges")]).toEqual([200, "bytes"]);
}

test("a download can be resumed at any byte, as long as the file is the same", async ({ api, organization }) => {
  await storeEvents(organization, [anEvent(), anEvent()]);
  const id = await request(organization);
  const file = await runExport(organization, id, { rows: 1, bytes: 1 });
  const url = (await createDownloadUrl(organization, id)).url.replace(organization.config.publicUrl, api.url);
  await expectRanges(url, file);
});

test("a file name with letters beyond ASCII reaches every browser", async ({ api, environment }) => {
  const scope = await createOrganization(environment, "Grüße");
  const id = await request(scope);
  await runExport(scope, id);
  const url = (await createDownloadUrl(scope, id)).url.replace(scope.config.publicUrl, api.url);
  const { headers } = await fetch(url, { method: "HEAD" });
  expect(headers.get("content-disposition")).toBe(
    'attachment; filename="audit-log_Gru-e_2026-01-01_2027-01-01.csv"; ' +
      "filename*=UTF-8''audit-log_Gr%C3%BC%C3%9Fe_2026-01-01_2027-01-01.csv",
  );
});

test("a URL issued before its organization's deletion stops working at once", async ({ api, organization }) => {
  await storeEvents(organization, [anEvent()]);
  const id = await request(organization);
  await runExport(organization, id);
  const url = (await createDownloadUrl(organization, id)).url.replace(organization.config.publicUrl, api.url);
  expect((await fetch(url)).status).toBe(200);
  await deleteOrganization(organization);
  for (const init of [{}, { method: "HEAD" }, { headers: { range: "bytes=0-1" } }, { headers: NAVIGATION }]) {
    expect((await fetch(url, init)).status).toBe(404);
  }
});

test("HEAD of an export is not recorded as a download, unlike GET", async ({ call, organization }) => {
  const id = await request(organization);
  await runExport(organization, id);
  const where = { action: "export.downloaded", organizationPk: organization.organization.pk };
  const downloads = () => organization.db.prisma.activity.count({ where });
  const head = await call("HEAD", `/audit_logs/exports/${id}`);
  expect([head.status, await downloads()]).toEqual([200, 0]);
  const read = await call("GET", `/audit_logs/exports/${id}`);
  expect([read.status, await downloads()]).toEqual([200, 1]);
  expect(head.headers.get("content-length")).toBe(read.headers.get("content-length"));
});

test("an export with a deleted file has the state error, and its old URL returns 410", async ({
  api,
  call,
  organization,
  world,
}) => {
  const id = await request(organization);
  await runExport(organization, id);
  world.clock.now = new Date(world.clock.now.getTime() + 7 * 86_400_000);
  const url = (await createDownloadUrl(organization, id)).url.replace(organization.config.publicUrl, api.url);
  await expireExportFiles(world.services);
  const message = "The file was deleted after 7 days. Export again.";
  const read = await call("GET", `/audit_logs/exports/${id}`);
  expect(read).toMatchObject({ status: 200, body: { id, state: "error", failure: message } });
  expect(read.body).not.toHaveProperty("url");
  const response = await fetch(url);
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 410, body: { message } });
});

test("a download breaks off and is logged if its file cannot be read to the end", async ({ organization, world }) => {
  await storeEvents(organization, [anEvent()]);
  const id = await request(organization);
  await runExport(organization, id);
  async function* brokenFile() {
    yield Buffer.from("id");
    throw new Error("disk failure");
  }
  const errors: unknown[] = [];
  const { services } = world;
  const blobs = { ...services.blobs, read: async () => ({ bytes: 2, body: Readable.from(brokenFile()) }) };
  const api = await serveApi({
    ...services,
    blobs,
    log: { ...services.log, error: (error) => void errors.push(error) },
  });
  const url = (await createDownloadUrl(organization, id)).url.replace(organization.config.publicUrl, api.url);
  const response = await fetch(url);
  await expect(response.arrayBuffer()).rejects.toThrow();
  expect(errors).toMatchObject([{ err: { message: "disk failure" } }]);
  await api.close();
});

test.runIf(s3Server)(
  `with S3, API clients receive the file and browsers are redirected to the store${S3_MISSING}`,
  async ({ organization }) => {
    const { store } = await createTestBucket();
    const scope = { ...organization, blobs: store };
    await storeEvents(scope, [anEvent()]);
    const id = await request(scope);
    const file = await runExport(scope, id);
    const served = await serveApi(scope);
    const url = (await createDownloadUrl(scope, id)).url.replace(scope.config.publicUrl, served.url);
    await expectRanges(url, file);
    const program = await fetch(url, { redirect: "error" });
    expect(Buffer.from(await program.arrayBuffer()).equals(file)).toBe(true);
    expect((await fetch(url, { method: "HEAD", redirect: "error" })).headers.get("content-length")).toBe(
      String(file.length),
    );

    const browser = await navigate(url);
    expect(browser.status).toBe(302);
    expect(browser.headers).toMatchObject({
      "x-export-rows": "1",
      "x-export-bytes": String(file.length),
      "x-export-sha256": createHash("sha256").update(file).digest("hex"),
    });
    const location = new URL(browser.headers.location ?? "");
    // It is part of the signature; not every S3 test server returns it as a header.
    expect(location.searchParams.get("response-content-disposition")).toBe(
      'attachment; filename="audit-log_Acme_2026-01-01_2027-01-01.csv"',
    );
    const stored = await fetch(location);
    expect(Buffer.from(await stored.arrayBuffer()).equals(file)).toBe(true);
    await served.close();
  },
);

/** Requests a URL like a browser that navigates to it; `fetch` always sends `sec-fetch-mode: cors`. */
function navigate(url: string): Promise<{ status: number | undefined; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: NAVIGATION }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    }).once("error", reject);
  });
}
