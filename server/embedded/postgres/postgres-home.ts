import { randomBytes } from "node:crypto";
import { chmod, mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { readIfPresent, writePrivateFile } from "@/server/embedded/host/durable-files";
import { canEnter, type ProcessUser } from "./os-user";

/** Where clusters go that root's data directory cannot hold. */
const reachablePlace = "/var/lib/trailport";

/**
 * The folder that holds the cluster: the data directory itself, or, when `user` cannot get into that, a folder below
 * `/var/lib/trailport` which the data directory remembers in its file `postgres-home`. Permissions of folders that
 * others made are never changed. See docs/decisions/0003-postgresql-for-root.md.
 *
 * @throws Error when the remembered folder belongs to another data directory, of which this one is a copy.
 */
export async function postgresHome(
  dataDir: string,
  user: ProcessUser | undefined,
  log: (line: string) => void,
): Promise<string> {
  const own = await realpath(dataDir);
  const memory = join(own, "postgres-home");
  const remembered = (await readIfPresent(memory))?.trim();
  if (remembered === undefined && (user === undefined || canEnter(own, user))) return own;

  const home = remembered ?? join(reachablePlace, randomBytes(8).toString("hex"));
  if (remembered === undefined) {
    log(`PostgreSQL cannot run as root and its user cannot enter ${own}, so the database is kept in ${home}`);
    await writePrivateFile(memory, `${home}\n`);
  }
  await makeEnterable(reachablePlace);
  await makeEnterable(home);
  await claim(home, own);
  return home;
}

async function makeEnterable(folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o711);
}

/** A copied data directory remembers the same folder; two servers on one cluster would destroy it. */
async function claim(home: string, dataDir: string): Promise<void> {
  const file = join(home, "data-directory");
  const owner = (await readIfPresent(file))?.trim();
  if (owner === dataDir) return;
  const ownerStillThere = owner !== undefined && (await readIfPresent(join(owner, "postgres-home")))?.trim() === home;
  if (ownerStillThere) {
    throw new Error(
      `${dataDir} is a copy of ${owner}, whose database is in ${home}. Delete ${join(dataDir, "postgres-home")} to begin with an empty one.`,
    );
  }
  await writePrivateFile(file, `${dataDir}\n`);
}
