import { cp, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { diskBlobStore } from "./disk";
import { clearly } from "./disk-failures";

const KEY = "exports/one.csv";

test("a store that cannot be written to says why", async () => {
  await expect(diskBlobStore(new URL("disk.ts/inside", import.meta.url).href).check()).rejects.toMatchObject({
    code: "unavailable",
  });
});

test("a full disk is told in words", async () => {
  const full = () =>
    Promise.reject(Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }));
  await expect(clearly(full)).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("full") });
});

test.each([["part-1"], ["part-2"], ["part-1", "part-2"]])(
  "a completion that was killed while it cleared away %s is done again, and the file is whole",
  async (...cleared) => {
    const directory = await mkdtemp(path.join(tmpdir(), "trailport-disk-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const store = diskBlobStore(pathToFileURL(directory).href);
    const upload = await store.begin(KEY);
    const parts = [await store.putPart(KEY, upload, 1, once("one,")), await store.putPart(KEY, upload, 2, once("two"))];
    const uploads = path.join(directory, "uploads");
    await cp(uploads, `${uploads}-before`, { recursive: true });
    await store.complete(KEY, upload, parts);
    await rm(uploads, { recursive: true });
    await rename(`${uploads}-before`, uploads);
    for (const name of cleared) await rm(path.join(uploads, KEY, upload, name));

    await store.complete(KEY, upload, parts);
    expect((await buffer((await store.read(KEY)).body)).toString()).toBe("one,two");
    const left = await readdir(directory, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual(["one.csv"]);
  },
);

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
