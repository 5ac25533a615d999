import { closeSync, constants } from "node:fs";
import { chmod, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasHeartbeat, HEARTBEAT } from "./heartbeat";
import { openLocked } from "./kernel-lock.mjs";
import { LockFile } from "./lock-file";
import { judgeHolder, type LockHolder, readHolder } from "./lock-holder.mjs";
import { identifyNamespace } from "./process-identity.mjs";

/** A data directory that only this process uses until it calls `release`. */
export interface DataDirectory {
  path: string;
  /** The previous holder died without releasing the lock, so processes that it started may still be running. */
  isInherited: boolean;
  /** Tells the next start to wait for this process instead of failing. */
  announceStop(): Promise<void>;
  release(): Promise<void>;
}

export interface LockOptions {
  log(line: string): void;
  /** Called if another process has taken the directory over, because this process was stopped without a kernel's lock. */
  onLost(): void;
  heartbeat?: typeof HEARTBEAT;
}

/** How long a start waits for a stopping predecessor (ms): long enough for web, worker and PostgreSQL to shut down. */
const STOP_TIMEOUT = 60_000;
/** How long a start waits for the kernel to end the lock of a process that was killed, or that has not written its name (ms). */
const DEATH_TIMEOUT = 5_000;

/**
 * Creates the directory if it is missing and takes its lock. Takes over the lock of a dead process, and waits for a
 * process that is stopping. See docs/decisions/0020-data-directory-lock.md.
 *
 * @throws Error in one sentence if the directory is not writable or in use.
 */
export async function openDataDirectory(path: string, options: LockOptions): Promise<DataDirectory> {
  try {
    await createDirectory(path);
    const { lock, isInherited } = await takeLock(path, options);
    lock.beat(options.heartbeat ?? HEARTBEAT, options.onLost);
    return { path, isInherited, announceStop: () => lock.announceStop(), release: () => lock.release() };
  } catch (error) {
    // Only system errors have a code; the errors thrown below do not.
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`The data directory ${path} is not writable (${code}). ${await adviceFor(path)}`, { cause: error });
  }
}

async function adviceFor(path: string): Promise<string> {
  const own = process.getuid?.();
  for (const each of [join(path, "supervisor.lock"), path]) {
    const owner = await stat(each).then(
      ({ uid }) => uid,
      () => own,
    );
    if (owner === own || own === undefined) continue;
    return `It belongs to user ${owner}. Run as root: chown -R ${own}:${process.getgid?.()} ${path}`;
  }
  return "Set TRAILPORT_DATA_DIR to a directory that you own.";
}

async function createDirectory(path: string): Promise<void> {
  if ((await mkdir(path, { recursive: true })) === undefined) return;
  // If root starts Trailport, PostgreSQL's user has to traverse this folder. The files inside are private in any case.
  await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
}

async function takeLock(path: string, options: LockOptions): Promise<{ lock: LockFile; isInherited: boolean }> {
  const lockFile = join(path, "supervisor.lock");
  const startedAt = performance.now();
  for (let isAnnounced = false; ; await sleep(200)) {
    const holder = readHolder(lockFile);
    const lock = await tryLock(lockFile, options);
    if (lock !== null) return { lock, isInherited: holder !== null };
    const waited = performance.now() - startedAt;
    const current = readHolder(lockFile);
    if (current === null || judgeHolder(current, false) === "dead") {
      if (waited > DEATH_TIMEOUT) throw new Error(`Another process has locked ${lockFile}. Stop it first.`);
      continue;
    }
    if (!current.isStopping || waited > STOP_TIMEOUT) throw inUse(path, current);
    if (!isAnnounced) options.log("Waiting for the previous Trailport to stop");
    isAnnounced = true;
  }
}

/** Takes the lock if no live process has it. */
async function tryLock(lockFile: string, options: LockOptions): Promise<LockFile | null> {
  const lock = openLocked(lockFile, constants.O_CREAT);
  if (lock.state === "busy") return null;
  const isTaken = lock.state === "taken";
  const holder = readHolder(lockFile);
  if (holder === null || !(await isAlive(lockFile, holder, isTaken, options))) {
    const own = new LockFile(lockFile, lock.fd, isTaken);
    if (await own.claim(options.heartbeat ?? HEARTBEAT)) return own;
  }
  closeSync(lock.fd);
  return null;
}

async function isAlive(
  lockFile: string,
  holder: LockHolder,
  isLockTaken: boolean,
  { log, heartbeat = HEARTBEAT }: LockOptions,
): Promise<boolean> {
  const judgment = judgeHolder(holder, isLockTaken);
  if (judgment !== "unknown") return judgment === "alive";
  log(
    `Waiting up to ${heartbeat.timeout / 1000} s to see whether another machine or container uses this data directory`,
  );
  return hasHeartbeat(lockFile, holder, heartbeat);
}

function inUse(path: string, holder: LockHolder): Error {
  const own = identifyNamespace();
  const isHere = holder.namespace === "" || (holder.kernel === own.kernel && holder.namespace === own.namespace);
  if (isHere) return new Error(`Trailport is already running on ${path} (process ${holder.pid}).`);
  return new Error(
    `Trailport is already running on ${path}, in another container or on another machine. Stop that first: ` +
      "an update has to stop the old one before it starts the new one (in Kubernetes, with the strategy Recreate).",
  );
}
