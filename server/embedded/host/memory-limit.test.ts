import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readMemoryLimit } from "./memory-limit";

const MB = 2 ** 20;
const MACHINE = 24_000 * MB;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "memory-limit-"));
});

afterEach(() => rm(root, { recursive: true }));

/** Creates the files of a machine and returns the limit that Trailport would use there. */
async function limitOf(files: Record<string, string | number>): Promise<number> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), `${content}\n`);
  }
  return readMemoryLimit(root, MACHINE);
}

const V2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw";
const V1 = "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory";

test("without limits, a process may use the machine's memory", async () => {
  expect(await limitOf({})).toBe(MACHINE);
  const unlimited = { "proc/self/cgroup": "0::/", "proc/self/mountinfo": V2, "sys/fs/cgroup/memory.max": "max" };
  expect(await limitOf(unlimited)).toBe(MACHINE);
});

test("cgroup v2: the limit of a container that sees its own group as the root applies", async () => {
  const files = { "proc/self/cgroup": "0::/", "proc/self/mountinfo": V2, "sys/fs/cgroup/memory.max": 512 * MB };
  expect(await limitOf(files)).toBe(512 * MB);
});

test("cgroup v2: the lowest limit of nested groups applies, and memory.high counts", async () => {
  const files = {
    "proc/self/cgroup": "0::/kubepods/pod1/trailport",
    "proc/self/mountinfo": V2,
    "sys/fs/cgroup/kubepods/memory.max": 4_000 * MB,
    "sys/fs/cgroup/kubepods/pod1/memory.max": 1_000 * MB,
    "sys/fs/cgroup/kubepods/pod1/memory.high": 900 * MB,
    "sys/fs/cgroup/kubepods/pod1/trailport/memory.max": "max",
    "sys/fs/cgroup/kubepods/pod1/trailport/memory.high": "max",
  };
  expect(await limitOf(files)).toBe(900 * MB);
});

test("cgroup v1: the lowest limit of nested groups applies, and the number for none is ignored", async () => {
  const files = {
    "proc/self/cgroup": "5:cpu,cpuacct:/docker/1a\n4:memory:/docker/1a\n0::/",
    "proc/self/mountinfo": `31 23 0:28 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n${V1}`,
    "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712",
    "sys/fs/cgroup/memory/docker/memory.limit_in_bytes": 2_000 * MB,
    "sys/fs/cgroup/memory/docker/1a/memory.limit_in_bytes": 600 * MB,
  };
  expect(await limitOf(files)).toBe(600 * MB);
});

test("cgroup v1: a container whose group is the root of the mount finds its limit", async () => {
  const files = {
    "proc/self/cgroup": "4:memory:/docker/1a",
    "proc/self/mountinfo": V1.replace(" / /sys", " /docker/1a /sys"),
    "sys/fs/cgroup/memory/memory.limit_in_bytes": 600 * MB,
  };
  expect(await limitOf(files)).toBe(600 * MB);
});

/** Creates a control group that limits memory; undefined if this machine doesn't allow that. */
function createGroup(): string | undefined {
  const folder = join("/sys/fs/cgroup/memory", `trailport-test-${process.pid}`);
  try {
    mkdirSync(folder);
    execFileSync("sh", ["-c", `echo ${256 * MB} > ${folder}/memory.limit_in_bytes`], { stdio: "ignore" });
    return folder;
  } catch {
    return undefined;
  }
}

const group = createGroup();
const note = group === undefined ? " (skipped: no writable cgroup v1 hierarchy)" : "";

test.skipIf(group === undefined)(`a process in a real control group finds its limit${note}`, async () => {
  const script = `import { readMemoryLimit } from ${JSON.stringify(join(import.meta.dirname, "memory-limit.ts"))};
    console.log(await readMemoryLimit());`;
  const node = [process.execPath, "--import", "tsx", "--input-type=module", "--eval", script];
  const child = spawn("sh", ["-c", `echo $$ > ${group}/cgroup.procs && exec "$@"`, "sh", ...node], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, "exit")]);
  rmdirSync(String(group));
  expect(Number(output)).toBe(256 * MB);
});
