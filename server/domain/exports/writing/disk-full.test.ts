import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect } from "vitest";
import { diskBlobStore } from "@/server/infra/blob-storage/disk";
import { seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";
import { failExport } from "./fail-export";
import { getExport } from "@/server/domain/exports/read-exports";

/** A 256 kB disk, if this user may mount one. */
const directory = mkdtempSync(path.join(tmpdir(), "trailport-full-"));
const isMounted = mount();
afterAll(() => {
  if (isMounted) execFileSync("umount", [directory]);
  rmSync(directory, { recursive: true });
});

function mount(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", directory], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test.runIf(isMounted)(
  `a full disk fails the export with a reason and leaves nothing stored${isMounted ? "" : " (skipped: only root may mount a small disk)"}`,
  async ({ organization }) => {
    await seedEvents(organization, { count: 2_000, ...YEAR, seed: 1 });
    const scope = { ...organization, blobs: diskBlobStore(pathToFileURL(directory).href) };
    const id = await request(scope);
    const failure: unknown = await runExport(scope, id, { rows: 100, bytes: 50_000 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "unavailable" });
    if (failure instanceof Error) await failExport(scope, id, failure);
    expect(await getExport(scope, id)).toMatchObject({
      state: "error",
      failure: "The disk for export files is full. Free some space, then export again.",
    });
    const left = await readdir(directory, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  },
);
