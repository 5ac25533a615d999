import { createHash } from "node:crypto";
import { get, type IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { expect } from "vitest";
import { createDownloadUrl } from "@/server/domain/exports/download";
import { expireExportFiles } from "@/server/domain/exports/maintenance/expire-export-files";
import { anEvent, storeEvents } from "@/server/testing/factories";
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
