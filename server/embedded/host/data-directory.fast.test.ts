import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDataDirectory } from "./data-directory";
import { identifyProcess } from "./process-identity.mjs";

const DEAD_LOCK = "4194304\nlong ago\nrunning\n";
let path: string;
const silent = () => undefined;

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), "data-directory-")), "data");
});

afterEach(() => rm(dirname(path), { recursive: true }));

async function leaveLock(text: string): Promise<void> {
  await (await openDataDirectory(path, silent)).release();
  await writeFile(join(path, "supervisor.lock"), text);
}

test("other users cannot read a new data directory", async () => {
  await openDataDirectory(path, silent);

  expect((await stat(path)).mode & 0o044).toBe(0);
});

test("a second start fails with one sentence that names the running process", async () => {
  await openDataDirectory(path, silent);

  await expect(openDataDirectory(path, silent)).rejects.toThrow(
    `Trailport is already running on ${path} (process ${process.pid}).`,
  );
});

test("a released directory can be opened again", async () => {
  const first = await openDataDirectory(path, silent);
  await first.release();

  expect((await openDataDirectory(path, silent)).isInherited).toBe(false);
});

test("a start takes over the lock of a dead process", async () => {
  await leaveLock(DEAD_LOCK);

  expect((await openDataDirectory(path, silent)).isInherited).toBe(true);
});

test("a start takes over a dead process's lock even if another process now has its ID", async () => {
  await leaveLock(`${process.ppid}\nnot ${identifyProcess(process.ppid)}\nrunning\n`);

  await openDataDirectory(path, silent);

  expect(await readFile(join(path, "supervisor.lock"), "utf8")).toMatch(new RegExp(`^${process.pid}\n`));
});

test("a start takes over an empty lock file, as a full disk leaves it", async () => {
  await leaveLock("");

  await openDataDirectory(path, silent);
});

test("only one of several simultaneous starts takes over a dead lock", async () => {
  await leaveLock(DEAD_LOCK);

  const starts = await Promise.allSettled(Array.from({ length: 8 }, () => openDataDirectory(path, silent)));

  expect(starts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await readdir(path)).toEqual(["supervisor.lock"]);
});

test("a start waits for a predecessor that is stopping", async () => {
  const first = await openDataDirectory(path, silent);
  await first.announceStop();
  const lines: string[] = [];

  const second = openDataDirectory(path, (line) => lines.push(line));
  await expect.poll(() => lines).toEqual(["Waiting for the previous Trailport to stop"]);
  await first.release();

  await second;
});

test("a path that cannot be a directory fails with one sentence", async () => {
  await leaveLock("");

  await expect(openDataDirectory(join(path, "supervisor.lock"), silent)).rejects.toThrow(
    /^The data directory .* is not writable \(E[A-Z]+\)\. Set TRAILPORT_DATA_DIR to a directory that you own\.$/,
  );
});
