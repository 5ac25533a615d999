import { readFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join, relative } from "node:path";

/** A hierarchy of control groups that limits memory, as this process sees it. */
interface Hierarchy {
  /** The type of its file system in /proc/self/mountinfo. */
  type: "cgroup" | "cgroup2";
  /** Its files, each with a number of bytes or the word "max". */
  limits: readonly string[];
}

const hierarchies: readonly Hierarchy[] = [
  { type: "cgroup2", limits: ["memory.max", "memory.high"] },
  { type: "cgroup", limits: ["memory.limit_in_bytes"] },
];

/**
 * Returns the bytes of memory that this process and its children may use together: the machine's, or the lowest limit of
 * the control groups that they are in (containers, Kubernetes, systemd). A limit applies to all groups below it.
 *
 * @param root where `/proc` and `/sys` are, for tests.
 */
export async function readMemoryLimit(root = "/", machine = totalmem()): Promise<number> {
  const [groups, mounts] = await Promise.all(
    ["proc/self/cgroup", "proc/self/mountinfo"].map((name) => readLines(join(root, name))),
  );
  const limits = await Promise.all(
    hierarchies.map((hierarchy) => readHierarchy(hierarchy, groups ?? [], mounts ?? [], root)),
  );
  return Math.min(machine, ...limits.flat());
}

async function readHierarchy(
  { type, limits }: Hierarchy,
  groups: readonly string[],
  mounts: readonly string[],
  root: string,
): Promise<number[]> {
  const mount = mounts.map(parseMount).find((each) => each.type === type && (type === "cgroup2" || each.isMemory));
  const group = groups
    .map(parseGroup)
    .find(({ controllers }) => (type === "cgroup2" ? controllers === "" : controllers.split(",").includes("memory")));
  if (mount === undefined || group === undefined) return [];
  const files = foldersOf(mount, group.path).flatMap((folder) => limits.map((name) => join(root, folder, name)));
  const values = await Promise.all(files.map(async (file) => Number((await readLines(file))[0] ?? Number.NaN)));
  // "max" and missing files are no numbers.
  return values.filter((value) => value > 0);
}

/** Returns the folders of a group and of every group above it that is visible here. */
function foldersOf({ group, folder }: Mount, path: string): string[] {
  // A container may see its own group as the root of the mount, while its path is the one on the machine.
  const below = relative(group, path);
  const names = below === "" || below.startsWith("..") ? [] : below.split("/");
  return [folder, ...names.map((_name, index) => join(folder, ...names.slice(0, index + 1)))];
}

interface Mount {
  type: string;
  isMemory: boolean;
  /** The group that is the mount's root. */
  group: string;
  folder: string;
}

/** Parses a line such as `35 31 0:32 /docker/1a /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory`. */
function parseMount(line: string): Mount {
  const [before = "", after = ""] = line.split(" - ");
  const [, , , group = "/", folder = ""] = before.split(" ");
  const [type = "", , options = ""] = after.split(" ");
  return { type, isMemory: options.split(",").includes("memory"), group, folder };
}

/** Parses a line such as `4:memory:/docker/1a` or `0::/system.slice`. */
function parseGroup(line: string): { controllers: string; path: string } {
  const [, controllers = "-", ...path] = line.split(":");
  return { controllers, path: path.join(":") };
}

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}
