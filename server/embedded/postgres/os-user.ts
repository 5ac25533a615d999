import { spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { postgresEnv } from "./postgres-env";

/** The operating system user that runs PostgreSQL when root runs the start command: PostgreSQL does not run as root. */
export interface OsUser {
  uid: number;
  gid: number;
}

/**
 * Returns the user for a new cluster in a data directory: undefined (the current user) unless the current user is root.
 * For root: `postgres` if it exists, otherwise a system user `trailport`, created if necessary, otherwise `nobody`. If
 * only the directory's group may enter it, as on a volume with `fsGroup`, the user gets that group.
 *
 * @throws Error if root has no other user to switch to.
 */
export async function userFor(dataDir: string): Promise<OsUser | undefined> {
  const user = unprivilegedUser();
  if (user === undefined || canEnter(dataDir, user)) return user;
  const withGroup = { uid: user.uid, gid: (await stat(dataDir)).gid };
  return canEnter(dataDir, withGroup) ? withGroup : user;
}

/** Returns the user that runs PostgreSQL for root; undefined (the current user) unless the current user is root. */
export function unprivilegedUser(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = lookUp("postgres") ?? lookUp("trailport") ?? createSystemUser() ?? lookUp("nobody");
  if (user === undefined)
    throw new Error("PostgreSQL does not run as root, and no other user could be found or created.");
  return user;
}

function lookUp(name: string): OsUser | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => {
    const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
    return status === 0 ? Number(stdout.trim()) : Number.NaN;
  });
  return uid === undefined || gid === undefined || !(uid > 0) || Number.isNaN(gid) ? undefined : { uid, gid };
}

function createSystemUser(): OsUser | undefined {
  const useradd = spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "trailport",
  ]);
  if (useradd.status !== 0) spawnSync("adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", "trailport"]);
  return lookUp("trailport");
}

/** Whether `user` can run this executable. Runs it: permissions, libraries and the processor all matter. */
export function canRun(executable: string, user: OsUser | undefined): boolean {
  return spawnSync(executable, ["--version"], { ...user, cwd: "/", env: postgresEnv(), stdio: "ignore" }).status === 0;
}

/** Whether `user` can enter this folder, including every folder above it. */
export function canEnter(folder: string, user: OsUser): boolean {
  const options = { ...user, cwd: "/", env: postgresEnv(), stdio: "ignore" } as const;
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], options).status === 0;
}
