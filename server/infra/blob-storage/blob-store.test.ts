import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import type { BlobStore } from "@/server/kernel/ports/blob-store";
import { createTestBucket, S3_MISSING, s3Server } from "@/server/testing/s3";
import { diskBlobStore } from "./disk";

const KEY = "exports/one.csv";
const MEBIBYTE = 1 << 20;

/** A new store, with lists of its stored files and uploads. */
interface OpenStore {
  readonly store: BlobStore;
  readonly files: () => Promise<string[]>;
  readonly uploads: () => Promise<string[]>;
}

async function onDisk(): Promise<OpenStore> {
  const directory = await mkdtemp(path.join(tmpdir(), "trailport-disk-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const entries = (folder: string) =>
    readdir(path.join(directory, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = async () => {
    // A finished file is the folder of its parts.
    const finished = (await entries("files")).filter(({ name }) => name.endsWith(".csv"));
    const unfinished = (await entries("uploads")).filter((entry) => entry.isFile());
    return [...finished, ...unfinished].map(({ name }) => name);
  };
  return { store: diskBlobStore(pathToFileURL(directory).href), files, uploads: async () => [] };
}

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Yields `count` bytes that depend on the seed, in chunks of the size that exports write. */
async function* bytes(count: number, seed: number): AsyncGenerator<Uint8Array> {
  for (let left = count; left > 0; left -= 300_000) yield Buffer.alloc(Math.min(left, 300_000), `${seed}:${left};`);
}

const textOf = async (store: BlobStore, key = KEY) => (await buffer((await store.read(key)).body)).toString();

const stores = [
  { name: "on a disk", open: onDisk, runs: true },
  { name: `in S3${S3_MISSING}`, open: (): Promise<OpenStore> => createTestBucket(), runs: s3Server !== null },
];

describe.each(stores)("files $name", ({ open, runs }) => {
  test.runIf(runs)("parts become one file in order, which appears only when it is complete", async () => {
    const { store, files } = await open();
    const upload = await store.begin(KEY);
    const second = await store.putPart(KEY, upload, 2, chunks("3", "4"));
    const first = await store.putPart(KEY, upload, 1, chunks("1", "", "2"));
    await expect(store.read(KEY)).rejects.toMatchObject({ code: "not_found" });
    await store.complete(KEY, upload, [first, second]);
    expect(await textOf(store)).toBe("1234");
    expect((await store.read(KEY)).bytes).toBe(4);
    expect(await files()).toEqual(["one.csv"]);
  });

  test.runIf(runs)("small and large parts become one file, byte for byte", async () => {
    const { store, files, uploads } = await open();
    const upload = await store.begin(KEY);
    const sizes = [3, 9 * MEBIBYTE + 1, 100, 4 * MEBIBYTE, 5 * MEBIBYTE, 0, 17 * MEBIBYTE, 1, 6 * MEBIBYTE, 2];
    const parts = [];
    for (const [index, size] of sizes.entries())
      parts.push(await store.putPart(KEY, upload, index + 1, bytes(size, index)));
    expect(parts.map((part) => part.bytes)).toEqual(sizes);
    await store.complete(KEY, upload, parts);
    const expected = await Promise.all(sizes.map((size, index) => buffer(bytes(size, index))));
    const file = await buffer((await store.read(KEY)).body);
    expect(file.equals(Buffer.concat(expected))).toBe(true);
    expect(await files()).toEqual(["one.csv"]);
    expect(await uploads()).toEqual([]);
  });

  test.runIf(runs)("any range of a file can be read, across its parts", async () => {
    const { store } = await open();
    const upload = await store.begin(KEY);
    const parts = [];
    for (const [index, text] of ["abc", "", "d", "efghij"].entries())
      parts.push(await store.putPart(KEY, upload, index + 1, chunks(text)));
    await store.complete(KEY, upload, parts);
    for (let from = 0; from < 10; from += 1) {
      for (let to = from + 1; to <= 10; to += 1) {
        const { bytes, body } = await store.read(KEY, { from, to });
        expect(bytes).toBe(to - from);
        expect((await buffer(body)).toString()).toBe("abcdefghij".slice(from, to));
      }
    }
  });

  test.runIf(runs)("a file without parts, or with an empty part, is empty", async () => {
    const { store } = await open();
    await store.complete(KEY, await store.begin(KEY), []);
    expect(await store.read(KEY)).toMatchObject({ bytes: 0 });
    const upload = await store.begin("exports/two.csv");
    const part = await store.putPart("exports/two.csv", upload, 1, chunks());
    await store.complete("exports/two.csv", upload, [part]);
    expect(await textOf(store, "exports/two.csv")).toBe("");
  });

  test.runIf(runs)("a part stored again replaces the first, unless storing it fails", async () => {
    const { store, files, uploads } = await open();
    const upload = await store.begin(KEY);
    await store.putPart(KEY, upload, 1, chunks("wrong and longer"));
    const part = await store.putPart(KEY, upload, 1, chunks("right"));
    for (const size of [4, 20 * MEBIBYTE]) {
      const broken = (async function* () {
        yield* bytes(size, 1);
        throw new Error("the source broke");
      })();
      await expect(store.putPart(KEY, upload, 1, broken)).rejects.toThrow("the source broke");
    }
    expect((await files()).filter((name) => name !== "begun")).toEqual(["part-1"]);
    expect(await uploads()).toEqual([]);
    await store.complete(KEY, upload, [part]);
    expect(await textOf(store)).toBe("right");
  });

  test.runIf(runs)("completing can be repeated, and fails if a part is missing or different", async () => {
    const { store } = await open();
    const upload = await store.begin(KEY);
    const part = await store.putPart(KEY, upload, 1, chunks("right"));
    await expect(store.complete(KEY, upload, [part, { ...part, number: 2 }])).rejects.toThrow("Part 2");
    await expect(store.complete(KEY, upload, [{ ...part, bytes: 4 }])).rejects.toThrow("Part 1");
    await store.complete(KEY, upload, [part]);
    await store.complete(KEY, upload, [part]);
    expect(await textOf(store)).toBe("right");
  });

  test.runIf(runs)("begin returns the unfinished upload, and an aborted upload accepts no parts", async () => {
    const { store, files, uploads } = await open();
    const upload = await store.begin(KEY);
    expect(await store.begin(KEY)).toBe(upload);
    expect(await store.begin("exports/two.csv")).not.toBe(upload);
    await store.abort("exports/two.csv");
    await store.putPart(KEY, upload, 1, bytes(9 * MEBIBYTE, 1));
    await store.abort(KEY);
    await store.abort(KEY);
    expect(await files()).toEqual([]);
    expect(await uploads()).toEqual([]);
    await expect(store.putPart(KEY, upload, 1, chunks("1"))).rejects.toThrow();
    await expect(store.complete(KEY, upload, [])).rejects.toThrow();
    expect(await files()).toEqual([]);
    expect(await store.begin(KEY)).not.toBe(upload);
  });

  test.runIf(runs)("a part that is being stored while its upload is aborted leaves nothing behind", async () => {
    const { store, files, uploads } = await open();
    const upload = await store.begin(KEY);
    const late = (async function* () {
      yield* bytes(9 * MEBIBYTE, 1);
      await store.abort(KEY);
      yield* bytes(MEBIBYTE, 2);
    })();
    await expect(store.putPart(KEY, upload, 1, late)).rejects.toThrow();
    expect(await files()).toEqual([]);
    expect(await uploads()).toEqual([]);
  });

  test.runIf(runs)("an aborted completion creates no file", async () => {
    const { store, files } = await open();
    const upload = await store.begin(KEY);
    const part = await store.putPart(KEY, upload, 1, bytes(9 * MEBIBYTE, 1));
    const aborted = store.complete(KEY, upload, [part], AbortSignal.abort(new Error("canceled")));
    await expect(aborted).rejects.toThrow("canceled");
    await expect(store.read(KEY)).rejects.toMatchObject({ code: "not_found" });
    await store.abort(KEY);
    expect(await files()).toEqual([]);
  });

  test.runIf(runs)("a deleted file is not found, and deleting it can be repeated", async () => {
    const { store, files } = await open();
    const upload = await store.begin(KEY);
    await store.complete(KEY, upload, [await store.putPart(KEY, upload, 1, chunks("1"))]);
    await store.delete(KEY);
    await store.delete(KEY);
    await expect(store.read(KEY)).rejects.toMatchObject({ code: "not_found" });
    expect(await files()).toEqual([]);
  });

  test.runIf(runs)("names that lead out of the directory are rejected", async () => {
    const { store } = await open();
    for (const key of ["../x", "a/../../x", "/etc/passwd", "a//b", "a/.", ".hidden", "a\\b", "a\u0000", ""]) {
      await expect((async () => store.begin(key))(), key).rejects.toThrow("Invalid blob name");
    }
    const put = async () => store.putPart(KEY, "../../x", 1, chunks("1"));
    await expect(put()).rejects.toThrow("Invalid blob name");
  });

  test.runIf(runs)("a check of a writable store succeeds and leaves nothing stored", async () => {
    const { store, files } = await open();
    await store.check();
    expect(await files()).toEqual([]);
  });
});
