import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { renameDurably } from "@/server/embedded/host/durable-files";
import { type ProcessUser, unprivilegedUser } from "./os-user";

const majorVersion = "18";

/** A PostgreSQL cluster on disk, with everything that is needed to start it. */
export interface Cluster {
  /** PostgreSQL's own data directory. */
  data: string;
  log: string;
  password: string;
  user: ProcessUser | undefined;
}

export const superuser = "trailport";

/** The user that the cluster in `home` belongs to, or that a new one would belong to; undefined: ourselves. */
export async function clusterUser(home: string): Promise<ProcessUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  // The user that would be chosen today may be another one: PostgreSQL refuses data that are not its own.
  const existing = await stat(join(home, "postgres", "data")).catch(() => undefined);
  return existing !== undefined && existing.uid !== 0 ? { uid: existing.uid, gid: existing.gid } : unprivilegedUser();
}

/**
 * The cluster below `home`, made when there is none. It appears under its name only when it is complete, together with
 * its password, so a start that is killed while making it leaves nothing that the next one could mistake for a cluster.
 */
export async function openCluster(home: string, binaries: string, user: ProcessUser | undefined): Promise<Cluster> {
  const folder = join(home, "postgres");
  if (!existsSync(folder)) await createCluster(home, folder, binaries, user);
  const version = (await readFile(join(folder, "data", "PG_VERSION"), "utf8")).trim();
  if (version !== majorVersion) {
    throw new Error(
      `The database in ${folder} was made by PostgreSQL ${version}; this Trailport brings ${majorVersion}.`,
    );
  }
  const password = (await readFile(join(folder, "password"), "utf8")).trim();
  return { data: join(folder, "data"), log: join(folder, "log"), password, user };
}

async function createCluster(
  home: string,
  folder: string,
  binaries: string,
  user: ProcessUser | undefined,
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
  const settings = Object.entries(tuning()).map(([name, value]) => `--set=${name}=${value}`);
  // English messages whatever the terminal's language: start-up reads some of them.
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  await promisify(execFile)(
    join(binaries, "bin", "initdb"),
    [...options, ...settings, "--data-checksums", "--no-instructions"],
    { ...user, cwd: unfinished, env },
  ).catch((error: Error & { stderr?: string }) => {
    throw new Error(`PostgreSQL's initdb failed: ${error.stderr?.trim() || error.message}`, { cause: error });
  });
  await renameDurably(unfinished, folder);
}

/** An initdb that outlived its killed parent may still be writing to one: what cannot be removed now goes next time. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith("postgres.unfinished-")) continue;
    await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** Written to the new cluster's `postgresql.conf`, so that whoever runs it may change it there. */
function tuning(): Record<string, string> {
  const megabytes = Math.floor(totalmem() / 2 ** 20);
  const share = (part: number, least: number, most: number) =>
    `${Math.round(Math.min(most, Math.max(least, megabytes * part)))}MB`;
  return {
    shared_buffers: share(1 / 8, 64, 1024),
    effective_cache_size: share(1 / 2, 256, 16_384),
    maintenance_work_mem: share(1 / 32, 32, 256),
    work_mem: "8MB",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    random_page_cost: "1.1",
    jit: "off",
    log_timezone: "UTC",
    timezone: "UTC",
  };
}
