import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writePrivateFile } from "./durable-files";
import { identify, lockHolder } from "./process-identity.mjs";

/** A data directory that is ours alone until it is released. */
export interface DataDirectory {
  path: string;
  /** The holder before us died without releasing it: what it had started may still be ending. */
  isInherited: boolean;
  /** Lets the next start wait for us instead of refusing. */
  announceStop(): Promise<void>;
  release(): Promise<void>;
}

/** A shutdown may take the patience of web, worker and PostgreSQL together. */
const patience = 60_000;

/**
 * Makes the directory when it is missing and takes its lock. A lock left by a dead process is taken over; a process
 * that is just stopping is waited for.
 *
 * @throws Error in one sentence when the directory cannot be written or is in use.
 */
export async function openDataDirectory(path: string, log: (line: string) => void): Promise<DataDirectory> {
  const lockFile = join(path, "supervisor.lock");
  let isInherited: boolean;
  try {
    await makeDirectory(path);
    isInherited = await takeLock(path, lockFile, log);
  } catch (error) {
    // Whatever the system refuses here has a code; the refusals of our own have none.
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(
      `The data directory ${path} cannot be written (${code}). Set TRAILPORT_DATA_DIR to a directory of your own.`,
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

async function makeDirectory(path: string): Promise<void> {
  if ((await mkdir(path, { recursive: true })) === undefined) return;
  // When root starts Trailport, PostgreSQL's own user has to come through; every file inside is closed to others.
  await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
}

function lockText(state: "running" | "stopping"): string {
  return `${process.pid}\n${identify(process.pid)}\n${state}\n`;
}

/** Returns whether a dead process had held it. */
async function takeLock(path: string, lockFile: string, log: (line: string) => void): Promise<boolean> {
  const own = `${lockFile}.${randomBytes(4).toString("hex")}`;
  await writeFile(own, lockText("running"), { mode: 0o600 });
  const deadline = Date.now() + patience;
  let isInherited = false;
  try {
    // A link appears with its content, or fails when the name is taken.
    for (let told = false; !(await tryLink(own, lockFile));) {
      const holder = lockHolder(lockFile);
      if (holder === null) {
        isInherited = await setAside(lockFile);
        continue;
      }
      if (!holder.stopping || Date.now() > deadline) {
        throw new Error(`Trailport is already running on ${path} (process ${holder.pid}).`);
      }
      if (!told) log("Waiting for the previous Trailport to stop");
      told = true;
      await sleep(200);
    }
    return isInherited;
  } finally {
    await rm(own, { force: true });
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

/** Removes a dead process's lock. By renaming, since another start may have replaced it by its own meanwhile. */
async function setAside(lockFile: string): Promise<boolean> {
  const aside = `${lockFile}.${randomBytes(4).toString("hex")}`;
  const found = await rename(lockFile, aside).then(
    () => true,
    () => false,
  );
  if (found && lockHolder(aside) !== null) await tryLink(aside, lockFile);
  await rm(aside, { force: true });
  return found;
}
