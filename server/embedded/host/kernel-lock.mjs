// Plain JavaScript without packages: the launcher imports this file before anything is installed.
import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, statSync } from "node:fs";

/** An option of open() on macOS that takes the lock. Node has no name for it. */
const O_EXLOCK = 0x20;

/**
 * Opens a file and takes its exclusive lock in the kernel. The lock belongs to the open file: it works across PID
 * namespaces, belongs to each process that inherits the descriptor, and ends when the last of them closes it or exits.
 *
 * - `taken`: this process has the lock until it closes `fd`.
 * - `busy`: another process has it. There is no `fd`.
 * - `unsupported`: the file system or the machine has no such locks. The file is open.
 *
 * See docs/decisions/0020-data-directory-lock.md.
 *
 * @param {string} path
 * @param {number} [flags] of open(), for example `constants.O_CREAT`
 * @returns {{ state: "taken" | "unsupported", fd: number } | { state: "busy" }}
 */
export function openLocked(path, flags = 0) {
  for (;;) {
    const lock = process.platform === "darwin" ? openOnMacOs(path, flags) : openAndLock(path, flags);
    if (lock.state !== "taken" || isSameFile(lock.fd, path)) return lock;
    // The file was replaced after it was opened, so the lock protects nothing.
    closeSync(lock.fd);
  }
}

function openOnMacOs(path, flags) {
  const readWrite = constants.O_RDWR | flags;
  try {
    return { state: "taken", fd: openSync(path, readWrite | O_EXLOCK | constants.O_NONBLOCK, 0o600) };
  } catch (error) {
    if (error.code === "EAGAIN") return { state: "busy" };
    if (error.code !== "ENOTSUP") throw error;
    return { state: "unsupported", fd: openSync(path, readWrite, 0o600) };
  }
}

/** Node can't lock a file, but flock(1) locks the file that it inherits, and this process keeps it open. */
function openAndLock(path, flags) {
  const fd = openSync(path, constants.O_RDWR | flags, 0o600);
  const { status, stderr } = spawnSync("flock", ["-x", "-n", "3"], { stdio: ["ignore", "ignore", "pipe", fd] });
  if (status === 0) return { state: "taken", fd };
  // If the file system has no locks, flock exits with the same code and says so.
  if (status !== 1 || stderr.length > 0) return { state: "unsupported", fd };
  closeSync(fd);
  return { state: "busy" };
}

function isSameFile(fd, path) {
  const present = statSync(path, { throwIfNoEntry: false });
  const opened = fstatSync(fd);
  return present !== undefined && present.ino === opened.ino && present.dev === opened.dev;
}
