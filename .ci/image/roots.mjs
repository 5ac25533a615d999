import { spawn, spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, appendFileSync } from "node:fs";
import { join } from "node:path";

/** @type {string[]} */
const mounted = [];

function run(command, ...args) {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr.trim()}`);
}

function mount(target, ...args) {
  run("mount", ...args, target);
  mounted.push(target);
}

/**
 * Mounts a root: an empty layer over this machine's root.
 *
 * @param {string} folder
 */
export function mountRoot(folder) {
  const [root, disk] = ["root", "disk"].map((name) => join(folder, name));
  for (const each of [root, disk]) mkdirSync(each, { recursive: true });
  // In memory, because the layer of an overlay can't be on an overlay itself.
  mount(disk, "-t", "tmpfs", "-o", "size=6g,mode=755", "tmpfs");
  const [upper, workdir] = [join(disk, "layer"), join(disk, "work")];
  for (const each of [upper, workdir]) mkdirSync(each);
  mount(root, "-t", "overlay", "-o", `lowerdir=/,upperdir=${upper},workdir=${workdir}`, "overlay");
  mount(join(root, "proc"), "-t", "proc", "proc");
  mount(join(root, "dev"), "--bind", "/dev");
  // The base image has this user.
  if (!/^[^:]*:[^:]*:1000:/m.test(readFileSync("/etc/passwd", "utf8")))
    appendFileSync(join(root, "etc/passwd"), "node:x:1000:1000::/nonexistent:/bin/sh\n");
  return { root, layer: upper };
}

export function unmountRoots() {
  for (const target of mounted.toReversed()) spawnSync("umount", ["--lazy", target]);
}

/**
 * Runs a command in a stage's root with the stage's environment alone.
 *
 * @param {{ root: string, env: string[], folder: string }} stage
 * @param {string[]} command
 * @param {string} user
 * @param {"inherit" | "pipe"} output
 */
export function chroot(stage, command, user, output) {
  const args = chrootArgs(stage, command, user, []);
  const { status, stdout, stderr } = spawnSync("chroot", args, { stdio: ["ignore", output, output], encoding: "utf8" });
  if (status !== 0) throw new Error(`${command.join(" ")} failed: ${stderr ?? ""}`);
  return stdout;
}

function chrootArgs({ root, env, folder }, command, user, more) {
  const enter = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', folder, ...command];
  return [`--userspec=${user}`, "--groups=", root, "/usr/bin/env", "-i", ...env, ...more, ...enter];
}

/**
 * Starts a container: process 1 of its own, on a read-only root, with a volume and /tmp.
 *
 * @param {{ root: string, env: string[], folder: string, user: string, volume: string, entrypoint: string[] }} image
 * @param {{ args: string[], volume: string, env?: string[] }} options
 */
export function startContainer(image, { args, volume, env = [] }) {
  const script = [
    `mount --bind ${volume} ${image.root}${image.volume}`,
    `mount -t tmpfs tmpfs ${image.root}/tmp`,
    `mount -o remount,ro ${image.root}`,
    `mount -t proc proc ${image.root}/proc`,
    'exec chroot "$@"',
  ].join(" && ");
  const chrooted = chrootArgs(image, [...image.entrypoint, ...args], image.user, env);
  const child = spawn(
    "unshare",
    ["--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", script, "sh", ...chrooted],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const container = { output: "", exited: new Promise((resolve) => child.once("close", resolve)), stop, kill };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (container.output += chunk));
  /** Sends SIGTERM to process 1, which is the only child of `unshare`, and returns how many seconds it took to end. */
  async function stop() {
    const startedAt = performance.now();
    const [pid] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim().split(" ");
    process.kill(Number(pid), "SIGTERM");
    const code = await container.exited;
    if (code !== 0) throw new Error(`The container exited with code ${code}:\n${container.output}`);
    return (performance.now() - startedAt) / 1000;
  }
  function kill() {
    child.kill("SIGKILL");
  }
  return container;
}

/** @param {string} folder */
export function bytesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => existsSync(path))
    .reduce((sum, path) => sum + (lstatSync(path).isFile() ? lstatSync(path).size : 0), 0);
}
