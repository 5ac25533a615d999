// Two containers on one volume: real PID namespaces on one data directory. In each, the first process has ID 1.
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { on, once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test as everyTest } from "vitest";
import { HEARTBEAT } from "@/server/embedded/host/heartbeat";
import { stopOrphans } from "./stop-orphans";

const canUnshare = spawnSync("unshare", ["--pid", "--fork", "--mount-proc", "true"]).status === 0;
const test = everyTest.runIf(canUnshare);
const note = canUnshare ? "" : " (skipped: this user can't create PID namespaces)";

const isLinux = process.platform === "linux";
const linuxNote = isLinux ? "" : " (skipped: needs /proc)";

let dataDir: string;
let containers: Container["process"][];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "containers-"));
  await chmod(dataDir, 0o711);
  containers = [];
});

afterEach(async () => {
  for (const container of containers) await end(container);
  await rm(dataDir, { recursive: true });
});

interface Container {
  process: ChildProcessByStdio<Writable, Readable, null>;
  /** Returns the next line that the holder prints: "started <URL>", or why it did not start or ended. */
  next(): Promise<string>;
}

interface Run {
  /** The container's first process, which starts the holder; the holder itself if missing. */
  init?: string[];
  /** Milliseconds. */
  heartbeat?: { interval: number; timeout: number };
  kernelLock?: "with" | "without";
  isContainer?: boolean;
}

/** Runs the holder of the data directory in a PID namespace of its own. */
function run(options: Run = {}): Container {
  const { init = [], heartbeat = HEARTBEAT, kernelLock = "with", isContainer = true } = options;
  const holder = join(import.meta.dirname, "data-directory-holder.fixture.ts");
  const { interval, timeout } = heartbeat;
  const namespace = isContainer ? ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] : [];
  const node = [process.execPath, "--import", "tsx", holder, dataDir, String(interval), String(timeout), kernelLock];
  const child = spawn("env", [...namespace, ...init, ...node], { stdio: ["pipe", "pipe", "inherit"] });
  containers.push(child);
  const lines = on(createInterface({ input: child.stdout }), "line");
  return { process: child, next: async () => String((await lines.next()).value) };
}

/** Ends a container as a machine does: every process in it is killed. */
async function end(container: Container["process"]): Promise<void> {
  if (container.exitCode !== null || container.signalCode !== null) return;
  container.kill("SIGKILL");
  await once(container, "exit");
}

/** Sends a signal to a container's first process, which ignores most signals from inside. */
async function signal(container: Container, name: NodeJS.Signals): Promise<void> {
  const { pid } = container.process;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  process.kill(Number.parseInt(children, 10), name);
}

async function query(started: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: started.replace("started ", "") });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return rows;
}

const IN_USE = "Error: Trailport is already running on";

test(`a second container on the same volume fails, and the first one's database stays untouched${note}`, async () => {
  const started = await run().next();
  await query(started, "CREATE TABLE kept AS SELECT 1 AS value");
  const pidFile = join(dataDir, "postgres", "data", "postmaster.pid");
  const before = await readFile(pidFile, "utf8");

  const second = await run().next();

  expect(second).toContain(IN_USE);
  expect(second).toContain("in another container or on another machine");
  expect(await readFile(pidFile, "utf8")).toBe(before);
  expect(await query(started, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
});

test(`a suspended container keeps its data directory${note}`, async () => {
  const first = run();
  await first.next();
  await signal(first, "SIGSTOP");

  expect(await run().next()).toContain(IN_USE);
});

test(`a container starts at once after another one was killed, with all committed rows${note}`, async () => {
  const first = run();
  await query(await first.next(), "CREATE TABLE kept AS SELECT 1 AS value");
  await end(first.process);

  const second = run();

  expect(await query(await second.next(), "SELECT value FROM kept")).toEqual([{ value: 1 }]);
});

test(`a PostgreSQL that outlived its Trailport in one container stops another one from starting${note}`, async () => {
  const first = run({ init: ["sh", "-c", '"$@"; sleep 1000', "sh"] });
  const started = await first.next();
  await query(started, "CREATE TABLE kept AS SELECT 1 AS value");
  first.process.stdin.write("kill\n");

  expect(await run().next()).toContain("A PostgreSQL in another container still uses");
  expect(await query(started, "SELECT value FROM kept")).toEqual([{ value: 1 }]);

  await end(first.process);
  expect(await query(await run().next(), "SELECT value FROM kept")).toEqual([{ value: 1 }]);
});

test(`without locks in the kernel, a heartbeat keeps a second container from starting${note}`, async () => {
  const heartbeat = { interval: 100, timeout: 60_000 };
  await run({ kernelLock: "without", heartbeat }).next();

  expect(await run({ kernelLock: "without", heartbeat }).next()).toContain(IN_USE);
});

test(`without locks in the kernel, a container takes over when heartbeats stop, and the other ends${note}`, async () => {
  const heartbeat = { interval: 100, timeout: 1_000 };
  const first = run({ kernelLock: "without", heartbeat });
  await first.next();
  await signal(first, "SIGSTOP");

  expect(await run({ kernelLock: "without", heartbeat }).next()).toBe("started");

  await signal(first, "SIGCONT");
  expect(await first.next()).toBe("lost the data directory");
});

describe.each(["with", "without"] as const)("%s locks in the kernel", (kernelLock) => {
  everyTest.runIf(isLinux)(
    `a killed Trailport that no process collects does not block the next start${linuxNote}`,
    async () => {
      // The shell becomes a program that never collects its children.
      const init = ["sh", "-c", 'exec 3<&0; "$@" <&3 & exec sleep 1000', "sh"];
      const options = { kernelLock, isContainer: false, heartbeat: { interval: 100, timeout: 1_000 } };
      const first = run({ ...options, init });
      await first.next();
      const [pid] = (await readFile(join(dataDir, "supervisor.lock"), "utf8")).split("\n");
      first.process.stdin.write("kill\n");
      await expect.poll(() => readFile(`/proc/${pid}/stat`, "utf8")).toMatch(/\) Z /);

      const second = run(options);

      expect(await second.next()).toMatch(/^started/);
      // Ends its PostgreSQL as well.
      second.process.kill("SIGKILL");
      await stopOrphans(join(dataDir, "postgres", "data"), () => undefined).catch(() => undefined);
    },
  );
});
