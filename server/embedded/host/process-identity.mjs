// Plain JavaScript, for the launcher too, which runs before anything is installed or built.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells this process from every other that had or will have its number, or null when there is no such process.
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function identify(pid) {
  try {
    if (process.platform !== "linux")
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold anything; the start time is the 22nd field, the 20th after the name.
    const startTime = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${startTime}`;
  } catch {
    return null;
  }
}

/**
 * Who holds the lock of this data directory; null when nobody does, or when the holder is dead.
 *
 * @param {string} lockFile
 * @returns {{ pid: number, stopping: boolean } | null}
 */
export function lockHolder(lockFile) {
  let text;
  try {
    text = readFileSync(lockFile, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
  const [pid, identity, state] = text.split("\n");
  const alive = identity !== undefined && identify(Number(pid)) === identity;
  return alive ? { pid: Number(pid), stopping: state === "stopping" } : null;
}
