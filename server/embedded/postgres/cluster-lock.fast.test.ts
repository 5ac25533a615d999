import { closeSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isUnlocked, lockCluster } from "./cluster-lock";

let folder: string;
let data: string;
let logged: string[];

/** Creates the files of a cluster whose server was killed. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cluster-lock-"));
  data = join(folder, "data");
  logged = [];
  await mkdir(data);
  await writeFile(join(data, "PG_VERSION"), "18\n");
  await leavePidFile();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

function leavePidFile(): Promise<void> {
  return writeFile(join(data, "postmaster.pid"), "4194304\n");
}

async function lock(): Promise<number> {
  return lockCluster(data, (line) => logged.push(line), 1);
}

test("postmaster.pid stays as long as another process has the cluster's lock", async () => {
  const first = await lock();
  await leavePidFile();

  await expect(lock()).rejects.toThrow("A PostgreSQL in another container still uses");

  expect(await readdir(data)).toContain("postmaster.pid");
  closeSync(first);
  closeSync(await lock());
  expect(await readdir(data)).toEqual(["PG_VERSION"]);
  expect(isUnlocked(data)).toBe(true);
});

test("without locks in the kernel, a start waits for a server of another container to exit", async () => {
  vi.stubEnv("PATH", "");
  await writeFile(join(folder, "started-in"), "another container\n");

  closeSync(await lock());
  await leavePidFile();
  closeSync(await lock());

  expect(logged).toEqual([expect.stringContaining("Waiting two minutes")]);
});
