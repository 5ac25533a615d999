import { buffer } from "node:stream/consumers";
import { describe, expect } from "vitest";
import { beginExport } from "@/server/domain/exports/begin-export";
import { blobKey } from "@/server/domain/exports/blob-key";
import { completeExport, failExport } from "@/server/domain/exports/finish-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { sweepExports } from "@/server/domain/exports/sweep-exports";
import { type ExportPart, writeExportPart } from "@/server/domain/exports/write-export-part";
import type { BlobStore, OrganizationScope, StoredPart } from "@/server/services";
import { seedEvents } from "@/server/testing/factories";
import { startFaultyProxy, type Fault } from "@/server/testing/faulty-proxy";
import { test } from "@/server/testing/fixtures";
import { request, YEAR } from "@/server/testing/run-export";
import { createTestBucket, S3_MISSING, s3Server } from "@/server/testing/s3";

const FAULTS = [500, 503, "broken", "short", "lost", "silent"] as const satisfies readonly Fault[];
const KEY = "exports/one.csv";
const MEBIBYTE = 1 << 20;
const SMALL = { pageRows: 100, bytes: 40_000 };

async function bucketBehindFaults() {
  const proxy = await startFaultyProxy(s3Server?.endpoint ?? "");
  return { proxy, ...(await createTestBucket(proxy.url)) };
}

/** As the functions do with a step that fails. */
async function persistently<Result>(step: () => Promise<Result>): Promise<Result> {
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

/** Large parts, small ones, and a file that is read back. */
async function wholeUpload(store: BlobStore): Promise<Buffer> {
  const upload = await persistently(() => store.begin(KEY));
  const parts: StoredPart[] = [];
  for (const [index, size] of [8 * MEBIBYTE + 1, 10].entries())
    parts.push(await persistently(() => store.putPart(KEY, upload, index + 1, bytes(size))));
  await persistently(() => store.complete(KEY, upload, parts));
  return persistently(async () => buffer((await store.read(KEY)).body));
}

async function writeExport(scope: OrganizationScope, id: string): Promise<void> {
  await persistently(() => beginExport(scope, id));
  const parts: ExportPart[] = [];
  for (let last = parts.at(-1); !last?.done; last = parts.at(-1)) {
    const part = await persistently(() => writeExportPart(scope, id, last?.cursor ?? null, parts.length + 1, SMALL));
    if (!part) throw new Error("The export is no longer pending.");
    parts.push(part);
  }
  await persistently(() => completeExport(scope, id, parts));
}

describe.runIf(s3Server)(`faults of a store in S3${S3_MISSING}`, () => {
  test("a fault at any one call is got over: the same file, and nothing left over", async () => {
    const { proxy, store, files, uploads } = await bucketBehindFaults();
    const undisturbed = await wholeUpload(store);
    const calls = proxy.calls;
    for (let at = 1; at <= calls; at += 1) {
      const fault = FAULTS[at % FAULTS.length] ?? 500;
      await store.delete(KEY);
      proxy.calls = 0;
      proxy.fault = (call) => (call === at ? fault : null);
      expect((await wholeUpload(store)).equals(undisturbed), `${fault} at ${at}`).toBe(true);
      proxy.fault = () => null;
      expect(await files(), `${fault} at ${at}`).toEqual(["one.csv"]);
      expect(await uploads(), `${fault} at ${at}`).toEqual([]);
    }
    await proxy.close();
  });

  test("an export over a store of which one call in six fails is complete", async ({ organization }) => {
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

  const forGood = [
    [403, "credentials lack a permission"],
    [500, "reports a fault (500)"],
    [503, "overloaded"],
    [507, "full"],
    ["silent", "does not answer in time"],
    ["broken", "cannot be reached"],
  ] as const;
  test("a store that fails for good ends the export with a reason for people, and once it is back nothing is left", async ({
    organization,
    world,
  }) => {
    await seedEvents(organization, { count: 300, ...YEAR, seed: 2 });
    for (const [fault, words] of forGood) {
      const { proxy, store, files, uploads } = await bucketBehindFaults();
      const scope = { ...organization, blobs: store };
      for (const from of [1, 6]) {
        const id = await request(scope);
        const first = proxy.calls + from;
        proxy.fault = (call) => (call >= first ? fault : null);
        const failure: unknown = await writeExport(scope, id).catch((error: unknown) => error);
        if (!(failure instanceof Error)) throw new Error("The export did not fail.");
        await failExport(scope, id, failure).catch(() => undefined);
        expect(await getExport(scope, id), `${fault}`).toMatchObject({
          state: "error",
          failure: expect.stringContaining(words) as string,
        });
      }
      proxy.fault = () => null;
      world.clock.now = new Date(world.clock.now.getTime() + 120_000);
      await sweepExports({ ...world.services, blobs: store });
      expect(await files()).toEqual([]);
      expect(await uploads()).toEqual([]);
      await proxy.close();
    }
  });
});
