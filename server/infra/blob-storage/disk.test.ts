import { expect, test } from "vitest";
import { diskBlobStore } from "./disk";
import { clearly } from "./disk-failures";

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
