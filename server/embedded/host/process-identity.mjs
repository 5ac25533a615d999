// Plain JavaScript without packages: the launcher imports this file before anything is installed.
import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Returns a string that distinguishes this process from every earlier or later process with the same process ID, or
 * null if no such process exists. Process IDs are reused; the start time within a boot is not. A process that was killed
 * and that its parent has not collected (a zombie) does not exist: it holds nothing.
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function identifyProcess(pid) {
  try {
    if (process.platform !== "linux") {
      const [state, ...startTime] = ps(pid).split(/\s+/);
      return state.startsWith("Z") ? null : startTime.join(" ");
    }
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 2, the name in parentheses, may contain anything. Field 3 is the state. Field 22 is the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return /^[ZX]/.test(fields[0]) ? null : `${bootId()} ${fields[19]}`;
  } catch {
    return null;
  }
}

/**
 * Identifies the running kernel and, within it, the set of process IDs that this process sees. Containers have one
 * kernel and different namespaces. Each is empty if it is unknown.
 *
 * @returns {{ kernel: string, namespace: string }}
 */
export function identifyNamespace() {
  if (process.platform !== "linux") return { kernel: hostname(), namespace: "all" };
  try {
    return { kernel: bootId(), namespace: readlinkSync("/proc/self/ns/pid") };
  } catch {
    return { kernel: "", namespace: "" };
  }
}

function bootId() {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function ps(pid) {
  return execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
}
