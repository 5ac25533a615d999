import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DataDirectory, type LockOptions, openDataDirectory } from "./data-directory";
import { identifyProcess } from "./process-identity.mjs";

const DEAD_LOCK = "4194304\nlong ago\nrunning\n";
let path: string;
let opened: DataDirectory[];

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), "data-directory-")), "data");
  opened = [];
});

afterEach(async () => {
  for (const directory of opened) await directory.release();
  await rm(dirname(path), { recursive: true });
});

async function open(options: Partial<LockOptions> = {}, folder = path): Promise<DataDirectory> {
  const directory = await openDataDirectory(folder, { log: () => undefined, onLost: () => undefined, ...options });
  opened.push(directory);
  return directory;
}

async function release(directory: DataDirectory): Promise<void> {
  opened.splice(opened.indexOf(directory), 1);
  await directory.release();
}

async function leaveLock(text: string): Promise<void> {
  await release(await open());
  await writeFile(join(path, "supervisor.lock"), text);
}

test("other users cannot read a new data directory", async () => {
  await open();

  expect((await stat(path)).mode & 0o044).toBe(0);
});

test("a second start fails with one sentence that names the running process", async () => {
  await open();

  await expect(open()).rejects.toThrow(`Trailport is already running on ${path} (process ${process.pid}).`);
});

test("a released directory can be opened again", async () => {
  const first = await open();
  await release(first);

  expect((await open()).isInherited).toBe(false);
});

test("a start takes over the lock of a dead process", async () => {
  await leaveLock(DEAD_LOCK);

  expect((await open()).isInherited).toBe(true);
});

test("a start takes over a dead process's lock even if another process now has its ID", async () => {
  await leaveLock(`${process.ppid}\nnot ${identifyProcess(process.ppid)}\nrunning\n`);

  await open();

  expect(await readFile(join(path, "supervisor.lock"), "utf8")).toMatch(new RegExp(`^${process.pid}\n`));
});

test("a start takes over an empty lock file, as a full disk leaves it", async () => {
  await leaveLock("");

  await open();
});

test("only one of several simultaneous starts takes over a dead lock", async () => {
  await leaveLock(DEAD_LOCK);

  const starts = await Promise.allSettled(Array.from({ length: 8 }, () => open()));

  expect(starts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await readdir(path)).toEqual(["supervisor.lock"]);
});

test("a start waits for a predecessor that is stopping", async () => {
  const first = await open();
  await first.announceStop();
  const lines: string[] = [];

  const second = open({ log: (line) => lines.push(line) });
  await expect.poll(() => lines).toEqual(["Waiting for the previous Trailport to stop"]);
  await release(first);

  await second;
});

test("a path that cannot be a directory fails with one sentence", async () => {
  await leaveLock("");

  await expect(open({}, join(path, "supervisor.lock"))).rejects.toThrow(
    /^The data directory .* is not writable \(E[A-Z]+\)\. Set TRAILPORT_DATA_DIR to a directory that you own\.$/,
  );
});
