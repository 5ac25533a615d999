import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { renameDurably } from "@/server/embedded/host/durable-files";
import { memorySizes } from "@/server/kernel/memory-sizes";
import type { OsUser } from "./os-user";
import { postgresEnv } from "./postgres-env";
import { repairPermissions } from "./repair-permissions";

const majorVersion = "18";

/** A PostgreSQL cluster on disk, with everything that is needed to start it. */
export interface Cluster {
  /** PostgreSQL's own data directory. */
  data: string;
  log: string;
  password: string;
  user: OsUser | undefined;
}

export const superuser = "trailport";

/**
 * Returns the user that owns the cluster in `home`, or `newUser`, who would own a new one. Undefined means the current
 * user.
 */
export async function clusterUser(home: string, newUser: OsUser | undefined): Promise<OsUser | undefined> {
  if (newUser === undefined) return undefined;
  // An existing cluster may belong to another user than a new one would, and PostgreSQL only starts as its data's owner.
  const existing = await stat(join(home, "postgres", "data")).catch(() => undefined);
  return existing !== undefined && existing.uid !== 0 ? { uid: existing.uid, gid: existing.gid } : newUser;
}

/**
 * Opens the cluster below `home`, and creates it if there is none. A new cluster gets its name only when it and its
 * password are complete, so a start that is killed while creating it leaves nothing that the next start could mistake
 * for a cluster. Repairs owners and modes.
 */
export async function openCluster(
  home: string,
  binaries: string,
  user: OsUser | undefined,
  { memory, log }: { memory: number; log: (line: string) => void },
): Promise<Cluster> {
  const folder = join(home, "postgres");
  if (!existsSync(folder)) await createCluster(home, folder, binaries, user, memory);
  await repairPermissions(join(folder, "data"), user, log);
  const version = (await readFile(join(folder, "data", "PG_VERSION"), "utf8")).trim();
  if (version !== majorVersion) {
    throw new Error(
      `The database in ${folder} was created by PostgreSQL ${version}, but this Trailport includes ${majorVersion}.`,
    );
  }
  const password = (await readFile(join(folder, "password"), "utf8")).trim();
  return { data: join(folder, "data"), log: join(folder, "log"), password, user };
}

async function createCluster(
  home: string,
  folder: string,
  binaries: string,
  user: OsUser | undefined,
  memory: number,
): Promise<void> {
  await removeUnfinished(home);
  const unfinished = join(home, `postgres.unfinished-${randomBytes(4).toString("hex")}`);
  const passwordFile = join(unfinished, "password");
  await mkdir(unfinished);
  await chmod(unfinished, 0o700);
  await writeFile(passwordFile, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600, flush: true });
  if (user !== undefined) {
    await chown(passwordFile, user.uid, user.gid);
    await chown(unfinished, user.uid, user.gid);
  }
  const options = Object.entries({
    pgdata: join(unfinished, "data"),
    username: superuser,
    pwfile: passwordFile,
    auth: "scram-sha-256",
    encoding: "UTF8",
    locale: "C",
    "locale-provider": "builtin",
    "builtin-locale": "C.UTF-8",
  }).map(([name, value]) => `--${name}=${value}`);
  const settings = Object.entries(tunedSettings(memory)).map(([name, value]) => `--set=${name}=${value}`);
  await promisify(execFile)(
    join(binaries, "bin", "initdb"),
    [...options, ...settings, "--data-checksums", "--no-instructions"],
    { ...user, cwd: unfinished, env: postgresEnv() },
  ).catch((error: Error & { stderr?: string }) => {
    throw new Error(explainInitdb(error.stderr?.trim() || error.message), { cause: error });
  });
  await renameDurably(unfinished, folder);
}

function explainInitdb(message: string): string {
  const uid = /could not look up effective user ID (\d+)/.exec(message)?.[1];
  if (uid === undefined) return `PostgreSQL's initdb failed: ${message}`;
  return (
    `PostgreSQL can't create a database as user ${uid}, who has no entry in /etc/passwd. Run as root, in a container ` +
    `when its image is built: echo 'trailport:x:${uid}:${process.getgid?.()}::/:/sbin/nologin' >> /etc/passwd`
  );
}

/** Removes unfinished clusters. An initdb that outlived its killed parent may still write to one: the next start retries. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith("postgres.unfinished-")) continue;
    await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** Settings for this much memory. They go into the new cluster's `postgresql.conf`, where operators can change them. */
function tunedSettings(memory: number): Record<string, string> {
  const sizes = Object.entries(memorySizes(memory).postgres).map(([name, megabytes]) => [name, `${megabytes}MB`]);
  return {
    ...(Object.fromEntries(sizes) as Record<string, string>),
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    random_page_cost: "1.1",
    jit: "off",
    log_timezone: "UTC",
    timezone: "UTC",
  };
}
