import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { BlobStore } from "@/server/services";
import { diskBlobStore } from "./disk";
import { clearly } from "./disk-failures";

const KEY = "exports/one.csv";

async function setUp(): Promise<{ store: BlobStore; files: () => Promise<string[]> }> {
  const directory = await mkdtemp(path.join(tmpdir(), "trailport-disk-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const files = async () =>
    (await readdir(directory, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  return { store: diskBlobStore(pathToFileURL(directory).href), files };
}

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const textOf = async (store: BlobStore, key = KEY) => (await buffer((await store.read(key)).body)).toString();

test("parts become one file in their order, which appears only when it is complete", async () => {
  const { store, files } = await setUp();
  const upload = await store.begin(KEY);
  const second = await store.putPart(KEY, upload, 2, chunks("3", "4"));
  const first = await store.putPart(KEY, upload, 1, chunks("1", "", "2"));
  await expect(store.read(KEY)).rejects.toMatchObject({ code: "not_found" });
  await store.complete(KEY, upload, [first, second]);
  expect(await textOf(store)).toBe("1234");
  expect((await store.read(KEY)).bytes).toBe(4);
  expect(await files()).toEqual(["one.csv"]);
});

test("a part stored again replaces the first, and one that breaks off leaves the first as it was", async () => {
  const { store, files } = await setUp();
  const upload = await store.begin(KEY);
  await store.putPart(KEY, upload, 1, chunks("wrong and longer"));
  const part = await store.putPart(KEY, upload, 1, chunks("right"));
  const broken = (async function* () {
    yield* chunks("half");
    throw new Error("the source broke");
  })();
  await expect(store.putPart(KEY, upload, 1, broken)).rejects.toThrow("the source broke");
  expect(await files()).toEqual(["part-1"]);
  await store.complete(KEY, upload, [part]);
  expect(await textOf(store)).toBe("right");
});

test("completing again after success does no harm; completing without a part, or with another one, fails", async () => {
  const { store } = await setUp();
  const upload = await store.begin(KEY);
  const part = await store.putPart(KEY, upload, 1, chunks("right"));
  await expect(store.complete(KEY, upload, [part, { ...part, number: 2 }])).rejects.toThrow("Part 2");
  await expect(store.complete(KEY, upload, [{ ...part, bytes: 4 }])).rejects.toThrow("Part 1");
  await store.complete(KEY, upload, [part]);
  await store.complete(KEY, upload, [part]);
  expect(await textOf(store)).toBe("right");
});

test("an upload that was begun and not finished is found again; aborting drops it, and nothing can be added then", async () => {
  const { store, files } = await setUp();
  const upload = await store.begin(KEY);
  expect(await store.begin(KEY)).toBe(upload);
  expect(await store.begin("exports/two.csv")).not.toBe(upload);
  await store.putPart(KEY, upload, 1, chunks("1"));
  await store.abort(KEY, upload);
  await store.abort(KEY, upload);
  expect(await files()).toEqual([]);
  await expect(store.putPart(KEY, upload, 1, chunks("1"))).rejects.toThrow();
  await expect(store.complete(KEY, upload, [])).rejects.toThrow();
  expect(await store.begin(KEY)).not.toBe(upload);
});

test("a deleted file is gone, and deleting it again is fine", async () => {
  const { store, files } = await setUp();
  const upload = await store.begin(KEY);
  await store.complete(KEY, upload, [await store.putPart(KEY, upload, 1, chunks("1"))]);
  await store.delete(KEY);
  await store.delete(KEY);
  await expect(store.read(KEY)).rejects.toMatchObject({ code: "not_found" });
  expect(await files()).toEqual([]);
});

test("names that lead out of the directory are refused", async () => {
  const { store } = await setUp();
  for (const key of ["../x", "a/../../x", "/etc/passwd", "a//b", "a/.", ".hidden", "a\\b", "a\u0000", ""]) {
    await expect((async () => store.begin(key))(), key).rejects.toThrow("Not a name for a blob");
  }
  await expect(store.putPart(KEY, "../../x", 1, chunks("1"))).rejects.toThrow("Not a name for a blob");
});

test("a store that can be written to says so, one that cannot says why", async () => {
  const { store, files } = await setUp();
  await store.check();
  expect(await files()).toEqual([]);
  await expect(diskBlobStore(new URL("disk.ts/inside", import.meta.url).href).check()).rejects.toMatchObject({
    code: "unavailable",
  });
  const full = () =>
    Promise.reject(Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }));
  await expect(clearly(full)).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("full") });
});
