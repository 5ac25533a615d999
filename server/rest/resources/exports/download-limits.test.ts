import { EventEmitter, once } from "node:events";
import { get } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";
import { createDownloadUrl } from "@/server/domain/exports/download";
import { downloadSlots } from "@/server/domain/exports/download-slots";
import { Caches } from "@/server/kernel/caches";
import { DomainError, notFound } from "@/server/kernel/errors";
import type { BlobStore } from "@/server/kernel/ports/blob-store";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { createOrganization } from "@/server/testing/factories";
import { test as base } from "@/server/testing/rest-fixtures";
import { request, runExport } from "@/server/testing/run-export";
import { serveApi } from "@/server/testing/serve-api";

interface Setup {
  /** Creates a ready export, by default of a new organization; returns both and the path of the download. */
  exported: (of?: OrganizationScope) => Promise<{ scope: OrganizationScope; id: string; path: string }>;
  /** Starts a download that lasts until `stop`; reads the body only of errors. */
  download: (path: string, address: string, headers?: Record<string, string>, method?: string) => Promise<Started>;
  /** The number of downloads in progress. */
  inProgress: () => number;
  url: string;
}
interface Started {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly stop: () => void;
}

/** A file that stops after its first byte: without one, Node would not send the response's headers. */
function endless(): Readable {
  const body = new Readable({ read: () => undefined });
  body.push("x");
  return body;
}

/** The REST API with slots of its own, and files that never end. */
const test = base.extend<{ setUp: (blobs?: Partial<BlobStore>) => Promise<Setup> }>({
  setUp: async ({ world, environment }, use) =>
    use(async (replaced) => {
      const { services } = world;
      const caches = new Caches({ subscribe: () => undefined, syncedUntil: () => 0 });
      const read: BlobStore["read"] = async () => ({ bytes: 1, body: endless() });
      const blobs = { ...services.blobs, read, ...replaced };
      const served = await serveApi({ ...services, blobs, caches });
      onTestFinished(served.close);
      return {
        exported: async (of) => {
          const scope = of ?? (await createOrganization(environment, "Acme"));
          const id = await request(scope);
          await runExport(scope, id);
          const { pathname, search } = new URL((await createDownloadUrl(scope, id)).url);
          return { scope: { ...scope, blobs, caches }, id, path: pathname + search };
        },
        download: (path, address, headers = {}, method = "GET") =>
          new Promise((resolve, reject) => {
            const sent = { "x-trailport-client-address": address, ...headers };
            // `fetch` would replace sec-fetch-mode, and an agent would queue requests.
            const started = get(served.url + path, { method, headers: sent, agent: false }, (response) => {
              const { statusCode: status, headers: received } = response;
              const stop = () => void started.destroy();
              if (status === 200) return resolve({ status, headers: received, body: "", stop });
              text(response).then((body) => resolve({ status, headers: received, body, stop }), reject);
            });
            onTestFinished(() => void started.destroy());
            started.on("error", reject);
          }),
        inProgress: () => caches.of(downloadSlots).size,
        url: served.url,
      };
    }),
});

const NAVIGATION = { "sec-fetch-mode": "navigate" };
const ADDRESS_FULL = "10 downloads to your address are in progress. Try again when one of them is complete.";
const rejected = (message: string) => JSON.stringify({ message, code: "download_limit_exceeded" });
const times = <Result>(count: number, start: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, n) => start(n)));

test("of many downloads at once from one address, 10 are served and others get 429", async ({ setUp }) => {
  const { exported, download, inProgress } = await setUp();
  const { path } = await exported();
  const results = await times(300, () => download(path, "192.0.2.1"));
  const others = results.filter(({ status }) => status !== 200);
  expect([others.length, inProgress()]).toEqual([290, 10]);
  for (const { status, headers, body } of others) {
    expect([status, headers["retry-after"], body]).toEqual([429, "5", rejected(ADDRESS_FULL)]);
  }
  expect(await download(path, "192.0.2.2")).toMatchObject({ status: 200 });
});

test("a download that its client ends frees its slot, and HEAD takes none", async ({ setUp }) => {
  const { exported, download, inProgress } = await setUp();
  const { path } = await exported();
  const [first] = await times(10, () => download(path, "192.0.2.1"));
  expect(await download(path, "192.0.2.1")).toMatchObject({ status: 429 });
  expect(await download(path, "192.0.2.1", {}, "HEAD")).toMatchObject({ status: 200 });
  expect(inProgress()).toBe(10);
  first?.stop();
  await expect.poll(inProgress).toBe(9);
  expect(await download(path, "192.0.2.1")).toMatchObject({ status: 200 });
  expect(inProgress()).toBe(10);
});

test("a download that fails frees its slot", async ({ setUp }) => {
  const { exported, download, inProgress } = await setUp({
    read: async (key) => Promise.reject(notFound("Blob", key)),
  });
  const { path } = await exported();
  for (const headers of [{}, NAVIGATION]) {
    expect(await download(path, "192.0.2.1", headers)).toMatchObject({ status: 410 });
    expect(await download(`${path}x`, "192.0.2.1", headers)).toMatchObject({ status: 403 });
    expect(await download(path, "192.0.2.1", { range: "bytes=999999-", ...headers })).toMatchObject({ status: 416 });
  }
  expect(inProgress()).toBe(0);
});

test("a client that leaves before its file is open frees its slot", async ({ setUp }) => {
  const events = new EventEmitter();
  const [opening, opened] = [once(events, "opening"), once(events, "opened")];
  const { exported, inProgress, url } = await setUp({
    read: async () => {
      events.emit("opening");
      await opened;
      return { bytes: 1, body: endless() };
    },
  });
  const { path } = await exported();
  const client = get(url + path).on("error", () => undefined);
  await opening;
  expect(inProgress()).toBe(1);
  client.destroy();
  events.emit("opened");
  await expect.poll(inProgress).toBe(0);
});

test("one organization can use half of the slots, and a full process responds with 503", async ({
  setUp,
  organization,
}) => {
  const { exported, download, inProgress } = await setUp();
  const files = [await exported(organization), await exported(organization), await exported(), await exported()];
  const [first = "", second = "", third = "", fourth = ""] = files.map(({ path }) => path);
  const statuses = async (path: string, count: number) =>
    (await times(count, (n) => download(path, `192.0.2.${n}`))).map(({ status }) => status).toSorted();
  expect(await statuses(first, 12)).toEqual(Array<number>(12).fill(200));
  expect(await statuses(second, 12)).toEqual([...Array<number>(8).fill(200), ...Array<number>(4).fill(429)]);
  expect(await download(second, "198.51.100.1")).toMatchObject({
    status: 429,
    headers: { "retry-after": "5" },
    body: rejected(
      "20 downloads of this organization's files are in progress. Try again when one of them is complete.",
    ),
  });
  expect(await statuses(third, 25)).toEqual([...Array<number>(20).fill(200), ...Array<number>(5).fill(429)]);
  expect(inProgress()).toBe(40);
  expect(await download(fourth, "198.51.100.1")).toMatchObject({
    status: 503,
    headers: { "retry-after": "5" },
    body: rejected("Trailport is already serving 40 downloads. Try again in a few seconds."),
  });
});

test("the screen's download button says that too many are in progress, and records none", async ({ setUp }) => {
  const { exported, download } = await setUp();
  const { scope, id, path } = await exported();
  const where = { action: "export.downloaded", organizationPk: scope.organization.pk };
  const recorded = () => scope.db.prisma.activity.count({ where });
  const before = await recorded();
  await times(10, () => download(path, "192.0.2.1"));
  const error: unknown = await createDownloadUrl(scope, id, "192.0.2.1").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DomainError);
  expect(error).toMatchObject({ code: "too_many", message: ADDRESS_FULL });
  expect(await recorded()).toBe(before);
  expect((await createDownloadUrl(scope, id, "192.0.2.2")).url).toContain(id);
});

test("a browser that opens a download URL gets errors as a page", async ({ setUp }) => {
  const { exported, download } = await setUp();
  const { path } = await exported();
  await times(10, () => download(path, "192.0.2.1"));
  // Over plain HTTP, browsers send only the second.
  for (const headers of [NAVIGATION, { accept: "text/html,application/xhtml+xml,*/*;q=0.8" }]) {
    const full = await download(path, "192.0.2.1", headers);
    expect(full).toMatchObject({
      status: 429,
      headers: { "retry-after": "5", "content-type": "text/html; charset=utf-8", "cache-control": "private, no-store" },
      body: expect.stringContaining(`<p>${ADDRESS_FULL}</p>`) as string,
    });
    const changed = await download(`${path}x`, "192.0.2.1", headers);
    expect(changed).toMatchObject({ status: 403, body: expect.stringContaining("was changed.") as string });
  }
});

test("a browser that the blob store serves needs no slot", async ({ setUp }) => {
  const location = "https://store.example/file";
  const { exported, download, inProgress } = await setUp({ address: async () => location });
  const { scope, id, path } = await exported();
  await times(10, () => download(path, "192.0.2.1"));
  expect(await download(path, "192.0.2.1")).toMatchObject({ status: 429 });
  const browser = await download(path, "192.0.2.1", NAVIGATION);
  expect(browser).toMatchObject({ status: 302, headers: { location } });
  expect((await createDownloadUrl(scope, id, "192.0.2.1")).url).toContain(id);
  expect(inProgress()).toBe(10);
});
