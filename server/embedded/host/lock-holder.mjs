// Plain JavaScript without packages: the launcher imports this file before anything is installed.
import { closeSync, readFileSync } from "node:fs";
import { openLocked } from "./kernel-lock.mjs";
import { identifyNamespace, identifyProcess } from "./process-identity.mjs";

/**
 * What the file of a data directory's lock says about the process that wrote it last.
 *
 * @typedef {object} LockHolder
 * @property {number} pid in its own namespace
 * @property {string} identity see `identifyProcess`
 * @property {boolean} isStopping
 * @property {string} kernel see `identifyNamespace`; empty for versions before the kernel's lock
 * @property {string} namespace
 * @property {boolean} hasKernelLock
 * @property {string} heartbeat changes every few seconds while the process lives
 */

/**
 * Reads the holder. Returns null if the file is missing or empty: then the lock is free.
 *
 * @param {string} lockFile
 * @returns {LockHolder | null}
 */
export function readHolder(lockFile) {
  let text;
  try {
    text = readFileSync(lockFile, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
  const [pid, identity, state, kernel = "", namespace = "", lock, heartbeat = ""] = text.split("\n");
  if (identity === undefined) return null;
  const isStopping = state === "stopping";
  return { pid: Number(pid), identity, isStopping, kernel, namespace, hasKernelLock: lock === "kernel", heartbeat };
}

/**
 * Returns what a holder writes. Versions before the kernel's lock read the first three lines.
 *
 * @param {LockHolder} holder
 * @returns {string}
 */
export function writeHolder({ pid, identity, isStopping, kernel, namespace, hasKernelLock, heartbeat }) {
  const state = isStopping ? "stopping" : "running";
  return `${[pid, identity, state, kernel, namespace, hasKernelLock ? "kernel" : "none", heartbeat].join("\n")}\n`;
}

/**
 * Decides whether a holder, whose lock is not busy in the kernel, is alive. Only its heartbeat can tell if it is
 * `unknown`: it has no kernel lock and is in another container, or it is on another machine.
 *
 * @param {LockHolder} holder
 * @param {boolean} isLockTaken whether this process has taken the kernel's lock
 * @returns {"alive" | "dead" | "unknown"}
 */
export function judgeHolder(holder, isLockTaken) {
  const own = identifyNamespace();
  const isSameKernel = holder.kernel !== "" && holder.kernel === own.kernel;
  if (isLockTaken && holder.hasKernelLock && isSameKernel) return "dead";
  const isOlderVersion = holder.heartbeat === "";
  if (!isOlderVersion && !(isSameKernel && holder.namespace === own.namespace)) return "unknown";
  return identifyProcess(holder.pid) === holder.identity ? "alive" : "dead";
}

/**
 * Returns the live process that holds a data directory's lock, without waiting for a heartbeat.
 *
 * @param {string} lockFile
 * @returns {LockHolder | null}
 */
export function findLiveHolder(lockFile) {
  const holder = readHolder(lockFile);
  if (holder === null) return null;
  const lock = openLocked(lockFile);
  if (lock.state === "busy") return holder;
  closeSync(lock.fd);
  return judgeHolder(holder, lock.state === "taken") === "alive" ? holder : null;
}
