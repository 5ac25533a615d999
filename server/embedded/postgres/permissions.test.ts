// The owners and modes that volumes have in containers. Root creates them, and other users start Trailport on them.
import { execFileSync, spawn } from "node:child_process";
import { chmod, chown, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test as everyTest } from "vitest";
import { startPostgres } from "./start-postgres";

const isRoot = process.getuid?.() === 0;
const test = everyTest.runIf(isRoot);
const note = isRoot ? "" : " (skipped: not run by root)";

/** A user without an entry in /etc/passwd, such as OpenShift's and that of `docker run --user`. */
const STRANGER = 1_000_700_000;
const GROUP = 2_000;

let dataDir: string;
let logged: string[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "permissions-"));
  logged = [];
});

afterEach(() => rm(dataDir, { recursive: true }));

/** Makes the directory a volume of a pod whose `fsGroup` is this one. */
async function mountFor(group: number): Promise<void> {
  await chown(dataDir, 0, group);
  await chmod(dataDir, 0o2770);
}

/** Starts and stops PostgreSQL as root, and returns where its data is. */
async function startAsRoot(): Promise<string> {
  const server = await startPostgres({ dataDir, log: (line) => logged.push(line), settings: { fsync: "off" } });
  await server.stop();
  return server.directory;
}

/** Starts Trailport's data directory and PostgreSQL as another user, and returns what it prints. */
async function startAs(uid: number, gid: number, groups = "--clear-groups"): Promise<string> {
  const holder = join(import.meta.dirname, "data-directory-holder.fixture.ts");
  const node = [process.execPath, "--import", "tsx", holder, dataDir, "5000", "30000"];
  const child = spawn("setpriv", [`--reuid=${uid}`, `--regid=${gid}`, groups, ...node], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.on("error", () => undefined);
  child.stdout.once("data", () => child.stdin.write("stop\n"));
  return text(child.stdout);
}

test(`root starts on a volume that only its group may enter, and the database is on the volume${note}`, async () => {
  await mountFor(GROUP);

  expect(await startAsRoot()).toBe(join(dataDir, "postgres", "data"));
  expect(logged).toEqual([]);
  expect((await stat(dataDir)).mode & 0o7777).toBe(0o2770);
});

test(`root starts on a copy whose files belong to root${note}`, async () => {
  await chmod(dataDir, 0o711);
  await startAsRoot();
  execFileSync("chown", ["-R", "0:0", dataDir]);

  await startAsRoot();

  expect(logged).toEqual([
    expect.stringMatching(/^The files of .*postgres belong to user 0\. PostgreSQL runs as user /),
  ]);
});

test(`a volume whose files the mount opened to the group starts${note}`, async () => {
  await mountFor(GROUP);
  expect(await startAs(1_000, GROUP)).toMatch(/^started/);
  execFileSync("chmod", ["-R", "g+rwX", dataDir]);

  expect(await startAs(1_000, GROUP)).toMatch(/^started/);
});

test(`a user of only the mount's supplementary group starts${note}`, async () => {
  await mountFor(GROUP);

  expect(await startAs(1_000, 1_000, `--groups=${GROUP}`)).toMatch(/^started/);
});

test(`a user ID without an entry in /etc/passwd is told what to run, and starts on an existing database${note}`, async () => {
  await mountFor(0);
  expect(await startAs(STRANGER, 0)).toContain(
    `Run as root, in a container when its image is built: echo 'trailport:x:${STRANGER}:0::/:/sbin/nologin' >> /etc/passwd`,
  );
  await startAsRoot();
  execFileSync("chown", ["-R", `${STRANGER}:0`, dataDir]);

  expect(await startAs(STRANGER, 0)).toMatch(/^started/);
});

test(`a user is told what to run if the files belong to another user${note}`, async () => {
  await mountFor(GROUP);
  await startAs(1_000, GROUP);

  expect(await startAs(STRANGER, GROUP)).toContain(
    `It belongs to user 1000. Run as root: chown -R ${STRANGER}:${GROUP} ${dataDir}`,
  );
  await rm(join(dataDir, "supervisor.lock"));
  expect(await startAs(STRANGER, GROUP)).toContain(`Run as root: chown -R ${STRANGER}:${GROUP} ${dataDir}/postgres`);
});
