// Plain JavaScript without packages: the launcher imports this file before anything is installed.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Returns a string that distinguishes this process from every earlier or later process with the same process ID, or
 * null if no such process exists. Process IDs are reused; the start time within a boot is not.
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function identifyProcess(pid) {
  try {
    if (process.platform !== "linux")
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 2, the name in parentheses, may contain anything. Field 22, the start time, is the 20th after it.
    const startTime = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${startTime}`;
  } catch {
    return null;
  }
}

/**
 * Returns the live process that holds a data directory's lock; null if the lock is free or its holder is dead.
 *
 * @param {string} lockFile
 * @returns {{ pid: number, isStopping: boolean } | null}
 */
export function readLockHolder(lockFile) {
  let text;
  try {
    text = readFileSync(lockFile, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
  const [pid, identity, state] = text.split("\n");
  const isAlive = identity !== undefined && identifyProcess(Number(pid)) === identity;
  return isAlive ? { pid: Number(pid), isStopping: state === "stopping" } : null;
}
