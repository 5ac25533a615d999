import { spawnSync } from "node:child_process";

/** Whom PostgreSQL runs as when the start command runs as root, which PostgreSQL refuses. */
export interface ProcessUser {
  uid: number;
  gid: number;
}

/**
 * The user for a new cluster: undefined (ourselves) unless we are root; then `postgres` where it exists, else a system
 * user `trailport`, made when needed, else `nobody`.
 *
 * @throws Error when root has no way to another user.
 */
export function unprivilegedUser(): ProcessUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = lookUp("postgres") ?? lookUp("trailport") ?? createSystemUser() ?? lookUp("nobody");
  if (user === undefined)
    throw new Error("PostgreSQL refuses to run as root and no other user could be found or made.");
  return user;
}

function lookUp(name: string): ProcessUser | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => {
    const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
    return status === 0 ? Number(stdout.trim()) : Number.NaN;
  });
  return uid === undefined || gid === undefined || !(uid > 0) || Number.isNaN(gid) ? undefined : { uid, gid };
}

function createSystemUser(): ProcessUser | undefined {
  const made = spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "trailport",
  ]);
  if (made.status !== 0) spawnSync("adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", "trailport"]);
  return lookUp("trailport");
}

/** Whether `user` can start this executable, tried for real: permissions, libraries and the machine all have a say. */
export function canRun(executable: string, user: ProcessUser | undefined): boolean {
  return spawnSync(executable, ["--version"], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

/** Whether `user` can get into this folder, every folder on the way included. */
export function canEnter(folder: string, user: ProcessUser): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}
