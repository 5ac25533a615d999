import { buffer } from "node:stream/consumers";
import { describe, expect } from "vitest";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { blobKey } from "@/server/domain/exports/blob-key";
import { completeExport } from "@/server/domain/exports/writing/complete-export";
import { failExport } from "@/server/domain/exports/writing/fail-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { sweepExports } from "@/server/domain/exports/maintenance/sweep-exports";
import { type ExportPart, writeExportPart } from "@/server/domain/exports/writing/write-export-part";
import { openDatabase } from "@/server/infra/postgres/database";
import type { BlobStore, StoredPart } from "@/server/kernel/ports/blob-store";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { startFaultyHttpProxy, type Fault, type FaultyHttpProxy } from "@/server/testing/faulty-http-proxy";
import { test } from "@/server/testing/fixtures";
import { request, YEAR } from "@/server/testing/run-export";
import { createTestBucket, S3_MISSING, s3Server } from "@/server/testing/s3";

const FAULTS = [500, 503, "broken", "short", "lost", "silent"] as const satisfies readonly Fault[];
const KEY = "exports/one.csv";
const MEBIBYTE = 1 << 20;
const SMALL = { rows: 100, bytes: 40_000 };

async function bucketBehindFaults() {
  const proxy = await startFaultyHttpProxy(s3Server?.endpoint ?? "");
  return { proxy, ...(await createTestBucket(proxy.url)) };
}

type Retry = <Result>(step: () => Promise<Result>) => Promise<Result>;

/** Runs a step up to three times, as Inngest retries it. */
async function retry<Result>(step: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const result = await step().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ("value" in result) return result.value;
    if (tries === 3) throw result.error;
  }
}

async function* bytes(count: number): AsyncGenerator<Uint8Array> {
  for (let left = count; left > 0; left -= MEBIBYTE) yield Buffer.alloc(Math.min(left, MEBIBYTE), `${count}:${left};`);
}

/** Repeats a step with a fault at its first call, then at its second, and so on, until no call is left. */
function throughFaults(proxy: FaultyHttpProxy, faults: Iterator<Fault, never>) {
  return async <Result>(step: () => Promise<Result>): Promise<Result> => {
    for (let at = 1; ; at += 1) {
      const fault = faults.next().value;
      const before = proxy.calls;
      proxy.fault = (call) => (call === before + at ? fault : null);
      const result = await step().then(
        (value) => ({ value }),
        () => null,
      );
      const met = proxy.calls >= before + at;
      proxy.fault = () => null;
      if (result && !met) return result.value;
    }
  };
}

function* inTurn(first: number): Generator<Fault, never> {
  for (let turn = first; ; turn += 1) yield FAULTS[turn % FAULTS.length] ?? 500;
}

/** Stores a large and a small part, completes the file and reads it back. */
async function wholeUpload(store: BlobStore, retry: Retry): Promise<Buffer> {
  const upload = await retry(() => store.begin(KEY));
  const parts: StoredPart[] = [];
  for (const [index, size] of [8 * MEBIBYTE + 1, 10].entries())
    parts.push(await retry(() => store.putPart(KEY, upload, index + 1, bytes(size))));
  await retry(() => store.complete(KEY, upload, parts));
  return retry(async () => buffer((await store.read(KEY)).body));
}

async function writeExport(scope: OrganizationScope, id: string): Promise<void> {
  await retry(() => beginExport(scope, id));
  const parts: ExportPart[] = [];
  for (let last = parts.at(-1); !last?.done; last = parts.at(-1)) {
    const part = await retry(() => writeExportPart(scope, id, last?.cursor ?? null, parts.length + 1, SMALL));
    if (!part) throw new Error("The export is no longer pending.");
    parts.push(part);
  }
  await retry(() => completeExport(scope, id, parts));
}

describe.runIf(s3Server)(`S3 faults${S3_MISSING}`, () => {
  test("a fault at any call is overcome with the same file and nothing left behind", async () => {
    const { proxy, store, files, uploads } = await bucketBehindFaults();
    const undisturbed = await wholeUpload(store, retry);
    for (const first of [0, 3]) {
      await store.delete(KEY);
      expect((await wholeUpload(store, throughFaults(proxy, inTurn(first)))).equals(undisturbed)).toBe(true);
      expect(await files()).toEqual(["one.csv"]);
      expect(await uploads()).toEqual([]);
    }
    await proxy.close();
  });

  test("an export is complete although one call in six fails", async ({ organization }) => {
    const { proxy, store, files, uploads } = await bucketBehindFaults();
    await seedEvents(organization, { count: 500, ...YEAR, seed: 1 });
    const scope = { ...organization, blobs: store };
    const [calm, stormy] = [await request(scope), await request(scope)];
    await writeExport(scope, calm);
    proxy.fault = (call) => (call <= 36 && call % 6 === 0 ? (FAULTS[(call / 6) % FAULTS.length] ?? 500) : null);
    await writeExport(scope, stormy);
    proxy.fault = () => null;
    const [first, second] = [await getExport(scope, calm), await getExport(scope, stormy)];
    expect(second).toMatchObject({ state: "ready", sha256: first.sha256, progress: first.progress });
    expect((await files()).toSorted()).toEqual([calm, stormy].map((id) => blobKey(id).split("/")[1]).toSorted());
    expect(await uploads()).toEqual([]);
    await proxy.close();
  });

  /** The first calls for a part that is larger than a piece. */
  const beginnings = ["?uploads", "partNumber=1"];

  test("a part that cannot be stored ends its body and fails, at whichever call", async () => {
    const { proxy, store, uploads } = await bucketBehindFaults();
    const upload = await store.begin(KEY);
    for (const beginning of beginnings) {
      let ended = false;
      const body = (async function* () {
        try {
          yield* bytes(20 * MEBIBYTE);
        } finally {
          ended = true;
        }
      })();
      proxy.fault = (_, { url }) => (url?.includes(beginning) ? 500 : null);
      await expect(store.putPart(KEY, upload, 1, body), beginning).rejects.toThrow("The file store");
      expect(ended, beginning).toBe(true);
    }
    expect(await uploads()).toEqual([]);
    await proxy.close();
  });

  test("parts that fail at their first calls keep no database connection", async ({ organization, world }) => {
    const { proxy, store } = await bucketBehindFaults();
    const metadata = { text: "x".repeat(MEBIBYTE) };
    await Promise.all(Array.from({ length: 18 }, () => storeEvents(organization, [anEvent({ metadata })])));
    const db = openDatabase(world.databaseUrl, world.services.log, { connections: 2, connectTimeout: 5_000 });
    const scope = { ...organization, db, blobs: store };
    const id = await request(organization);
    await beginExport(scope, id);
    for (const beginning of beginnings) {
      proxy.fault = (_, { url }) => (url?.includes(beginning) ? 500 : null);
      const part = writeExportPart(scope, id, null, 1, { rows: 1_000, bytes: 64 * MEBIBYTE });
      await expect(part, beginning).rejects.toThrow("The file store");
    }
    await Promise.all([1, 2].map(() => db.query("SELECT 1", [])));
    await db.close();
    await proxy.close();
  });

  const permanent = [
    [403, "credentials lack a permission"],
    [500, "responded with an error (500)"],
    [503, "overloaded"],
    [507, "full"],
    ["silent", "did not respond in time"],
    ["broken", "unreachable"],
  ] as const;
  test("a permanent fault fails the export with a reason, and the sweep deletes the leftovers", async ({
    organization,
    world,
  }) => {
    await seedEvents(organization, { count: 300, ...YEAR, seed: 2 });
    const stores = new Map<string, BlobStore>();
    const failed = async ([fault, message]: (typeof permanent)[number]) => {
      const bucket = await bucketBehindFaults();
      const { proxy, store } = bucket;
      const scope = { ...organization, blobs: store };
      for (const from of [1, 6]) {
        const id = await request(scope);
        stores.set(blobKey(id), store);
        const first = proxy.calls + from;
        proxy.fault = (call) => (call >= first ? fault : null);
        const failure: unknown = await writeExport(scope, id).catch((error: unknown) => error);
        if (!(failure instanceof Error)) throw new Error("The export did not fail.");
        await failExport(scope, id, failure).catch(() => undefined);
        expect(await getExport(scope, id), `${fault}`).toMatchObject({
          state: "error",
          failure: expect.stringContaining(message) as string,
        });
      }
      proxy.fault = () => null;
      return bucket;
    };
    const buckets = await Promise.all(permanent.map(failed));
    world.clock.now = new Date(world.clock.now.getTime() + 120_000);
    const each: Pick<BlobStore, "abort" | "delete"> = {
      abort: async (key) => stores.get(key)?.abort(key),
      delete: async (key) => stores.get(key)?.delete(key),
    };
    await sweepExports({ ...world.services, blobs: { ...world.services.blobs, ...each } });
    for (const { proxy, files, uploads } of buckets) {
      expect(await files()).toEqual([]);
      expect(await uploads()).toEqual([]);
      await proxy.close();
    }
  });
});
