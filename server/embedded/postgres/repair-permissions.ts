import { chmod, chown, lstat, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OsUser } from "./os-user";

/**
 * Gives the cluster's files the owner and the mode without which PostgreSQL does not start. A copy made by root belongs
 * to root, and Kubernetes opens the files of a volume to the group in `fsGroup` each time it mounts it.
 *
 * @param user the one that root switches to; undefined for the current user.
 * @throws Error in one sentence that says what to run if the files belong to another user.
 */
export async function repairPermissions(
  data: string,
  user: OsUser | undefined,
  log: (line: string) => void,
): Promise<void> {
  const folder = dirname(data);
  const { uid, mode } = await stat(data).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EACCES" ? new Error(`Trailport may not read ${folder}. ${chownLine(folder)}`) : error;
  });
  if (user !== undefined && uid !== user.uid) {
    log(`The files of ${folder} belong to user ${uid}. PostgreSQL runs as user ${user.uid}, who owns them from now on`);
    await chownAll(folder, user);
  } else if (user === undefined && uid !== process.getuid?.()) {
    throw new Error(`The files of ${folder} belong to user ${uid}. ${chownLine(folder)}`);
  }
  // PostgreSQL rejects a folder that others can read or that its group can write to.
  if ((mode & 0o027) !== 0) await chmod(data, 0o700);
}

/** Says what root has to run, so that this process can use the folder. */
function chownLine(folder: string): string {
  return `Run as root: chown -R ${process.getuid?.()}:${process.getgid?.()} ${folder}`;
}

async function chownAll(path: string, user: OsUser): Promise<void> {
  if ((await lstat(path)).isSymbolicLink()) return;
  await chown(path, user.uid, user.gid);
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") return [];
    throw error;
  });
  for (const entry of entries) await chownAll(join(path, entry.name), user);
}
