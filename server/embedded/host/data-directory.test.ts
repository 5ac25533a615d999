import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDataDirectory } from "./data-directory";
import { identify } from "./process-identity.mjs";

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

test("a new directory is closed to other users' eyes", async () => {
  await openDataDirectory(path, silent);

  expect((await stat(path)).mode & 0o044).toBe(0);
});

test("a second start is refused in one sentence that names the process", async () => {
  await openDataDirectory(path, silent);

  await expect(openDataDirectory(path, silent)).rejects.toThrow(
    `Trailport is already running on ${path} (process ${process.pid}).`,
  );
});

test("a released directory can be taken again", async () => {
  const first = await openDataDirectory(path, silent);
  await first.release();

  expect((await openDataDirectory(path, silent)).isInherited).toBe(false);
});

test("the lock of a dead process is taken over", async () => {
  await leaveLock("4194304\nlong ago\nrunning\n");

  expect((await openDataDirectory(path, silent)).isInherited).toBe(true);
});

test("the lock is taken over when the dead process's number belongs to another process by now", async () => {
  await leaveLock(`${process.ppid}\nnot ${identify(process.ppid)}\nrunning\n`);

  await openDataDirectory(path, silent);

  expect(await readFile(join(path, "supervisor.lock"), "utf8")).toMatch(new RegExp(`^${process.pid}\n`));
});

test("an empty lock file, left by a full disk, is taken over", async () => {
  await leaveLock("");

  await openDataDirectory(path, silent);
});

test("of several starts that find a dead lock at once, one gets it", async () => {
  await leaveLock("4194304\nlong ago\nrunning\n");

  const starts = await Promise.allSettled(Array.from({ length: 8 }, () => openDataDirectory(path, silent)));

  expect(starts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await readdir(path)).toEqual(["supervisor.lock"]);
});

test("a start waits for a predecessor that is stopping", async () => {
  const first = await openDataDirectory(path, silent);
  await first.announceStop();
  const said: string[] = [];

  const second = openDataDirectory(path, (line) => said.push(line));
  await expect.poll(() => said).toEqual(["Waiting for the previous Trailport to stop"]);
  await first.release();

  await second;
});

test("a path that cannot be a directory is refused in one sentence", async () => {
  await leaveLock("");

  await expect(openDataDirectory(join(path, "supervisor.lock"), silent)).rejects.toThrow(
    /^The data directory .* cannot be written \(E[A-Z]+\)\. Set TRAILPORT_DATA_DIR to a directory of your own\.$/,
  );
});
