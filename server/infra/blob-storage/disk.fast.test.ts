import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { diskBlobStore } from "./disk";
import { explainDiskErrors } from "./disk-failures";

const KEY = "exports/one.csv";

test("a store that cannot be written to fails its check with a reason", async () => {
  await expect(diskBlobStore(new URL("disk.ts/inside", import.meta.url).href).check()).rejects.toMatchObject({
    code: "unavailable",
  });
});

test("a full disk fails as unavailable with a clear message", async () => {
  const full = () =>
    Promise.reject(Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }));
  await expect(explainDiskErrors(full)).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("full"),
  });
});

test("completing again after a crash succeeds and deletes what a late writer left", async () => {
  const { directory, store, upload, parts } = await withTwoParts();
  const [unfinished, finished] = [path.join(directory, "uploads", KEY, upload), path.join(directory, "files", KEY)];
  await mkdir(path.dirname(finished), { recursive: true });
  // A stalled writer is still writing when the file appears.
  const late = (async function* () {
    yield Buffer.from("late");
    await rename(unfinished, finished);
  })();
  await expect(store.putPart(KEY, upload, 3, late)).rejects.toThrow("ENOENT");
  expect(await readdir(finished)).toHaveLength(3);

  await store.complete(KEY, upload, parts);
  expect((await buffer((await store.read(KEY)).body)).toString()).toBe("one,two");
  const left = await readdir(directory, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual(["part-1", "part-2"]);
  expect(await readdir(path.join(directory, "uploads", path.dirname(KEY)))).toEqual([]);
});

test("deleting again after a crash succeeds, and no reader finds half of the file", async () => {
  const { directory, store, upload, parts } = await withTwoParts();
  await store.complete(KEY, upload, parts);
  const file = path.join(directory, "files", KEY);
  await rename(file, `${file}.deleted`);
  await rm(path.join(`${file}.deleted`, "part-1"));
  await expect(store.read(KEY)).rejects.toMatchObject({ code: "not_found" });
  await store.delete(KEY);
  expect(await readdir(path.dirname(file))).toEqual([]);
});

async function withTwoParts() {
  const directory = await mkdtemp(path.join(tmpdir(), "trailport-disk-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const store = diskBlobStore(pathToFileURL(directory).href);
  const upload = await store.begin(KEY);
  const parts = [await store.putPart(KEY, upload, 1, once("one,")), await store.putPart(KEY, upload, 2, once("two"))];
  return { directory, store, upload, parts };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
