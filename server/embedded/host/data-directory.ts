import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writePrivateFile } from "./durable-files";
import { identifyProcess, readLockHolder } from "./process-identity.mjs";

/** A data directory that only this process uses until it calls `release`. */
export interface DataDirectory {
  path: string;
  /** The previous holder died without releasing the lock, so processes that it started may still be running. */
  isInherited: boolean;
  /** Tells the next start to wait for this process instead of failing. */
  announceStop(): Promise<void>;
  release(): Promise<void>;
}

/** How long a start waits for a stopping predecessor (ms): long enough for web, worker and PostgreSQL to shut down. */
const STOP_TIMEOUT = 60_000;

/**
 * Creates the directory if it is missing and takes its lock. Takes over the lock of a dead process, and waits for a
 * process that is stopping.
 *
 * @throws Error in one sentence if the directory is not writable or in use.
 */
export async function openDataDirectory(path: string, log: (line: string) => void): Promise<DataDirectory> {
  const lockFile = join(path, "supervisor.lock");
  let isInherited: boolean;
  try {
    await createDirectory(path);
    isInherited = await takeLock(path, lockFile, log);
  } catch (error) {
    // Only system errors have a code; the errors thrown below do not.
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(
      `The data directory ${path} is not writable (${code}). Set TRAILPORT_DATA_DIR to a directory that you own.`,
      { cause: error },
    );
  }
  return {
    path,
    isInherited,
    announceStop: () => writePrivateFile(lockFile, lockText("stopping")),
    release: () => rm(lockFile, { force: true }),
  };
}

async function createDirectory(path: string): Promise<void> {
  if ((await mkdir(path, { recursive: true })) === undefined) return;
  // If root starts Trailport, PostgreSQL's user has to traverse this folder. The files inside are private in any case.
  await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
}

function lockText(state: "running" | "stopping"): string {
  return `${process.pid}\n${identifyProcess(process.pid)}\n${state}\n`;
}

/** Returns whether the lock was taken over from a dead process. */
async function takeLock(path: string, lockFile: string, log: (line: string) => void): Promise<boolean> {
  const candidate = `${lockFile}.${randomBytes(4).toString("hex")}`;
  await writeFile(candidate, lockText("running"), { mode: 0o600 });
  const deadline = performance.now() + STOP_TIMEOUT;
  let isInherited = false;
  try {
    // link() is atomic: the lock appears complete, or the call fails because the name is taken.
    for (let isAnnounced = false; !(await tryLink(candidate, lockFile));) {
      const holder = readLockHolder(lockFile);
      if (holder === null) {
        isInherited = await removeDeadLock(lockFile);
        continue;
      }
      if (!holder.isStopping || performance.now() > deadline) {
        throw new Error(`Trailport is already running on ${path} (process ${holder.pid}).`);
      }
      if (!isAnnounced) log("Waiting for the previous Trailport to stop");
      isAnnounced = true;
      await sleep(200);
    }
    return isInherited;
  } finally {
    await rm(candidate, { force: true });
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
}

/**
 * Removes a dead process's lock and returns whether there was one. Renames it first: between the check and the removal
 * another start may have replaced it with its own lock, which is then put back.
 */
async function removeDeadLock(lockFile: string): Promise<boolean> {
  const removed = `${lockFile}.${randomBytes(4).toString("hex")}`;
  const wasPresent = await rename(lockFile, removed).then(
    () => true,
    () => false,
  );
  if (wasPresent && readLockHolder(removed) !== null) await tryLink(removed, lockFile);
  await rm(removed, { force: true });
  return wasPresent;
}
