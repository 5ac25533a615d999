import { randomBytes } from "node:crypto";
import { chmod, mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { readIfPresent, writePrivateFile } from "@/server/embedded/host/durable-files";
import { canEnter, type OsUser } from "./os-user";

/** Holds the clusters of data directories that PostgreSQL's user cannot enter. */
const sharedFolder = "/var/lib/trailport";

/**
 * Returns the folder that holds the cluster: the data directory itself, or, if `user` cannot enter that, a folder below
 * `/var/lib/trailport`, whose path is stored in the data directory's file `postgres-home`. Never changes the permissions
 * of existing folders. See docs/decisions/0003-postgresql-for-root.md.
 *
 * @throws Error if the stored folder belongs to another data directory, of which this one is a copy.
 */
export async function findPostgresHome(
  dataDir: string,
  user: OsUser | undefined,
  log: (line: string) => void,
): Promise<string> {
  const resolvedDataDir = await realpath(dataDir);
  const pointer = join(resolvedDataDir, "postgres-home");
  const stored = (await readIfPresent(pointer))?.trim();
  if (stored === undefined && (user === undefined || canEnter(resolvedDataDir, user))) return resolvedDataDir;

  const home = stored ?? join(sharedFolder, randomBytes(8).toString("hex"));
  if (stored === undefined) {
    log(`PostgreSQL cannot run as root, and its user cannot enter ${resolvedDataDir}. The database is in ${home}.`);
    await writePrivateFile(pointer, `${home}\n`);
  }
  await createEnterable(sharedFolder);
  await createEnterable(home);
  await claim(home, resolvedDataDir);
  return home;
}

async function createEnterable(folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o711);
}

/** Records the owner of `home`. A copied data directory points to the same cluster, and two servers would destroy it. */
async function claim(home: string, dataDir: string): Promise<void> {
  const file = join(home, "data-directory");
  const owner = (await readIfPresent(file))?.trim();
  if (owner === dataDir) return;
  const isOwnerPresent = owner !== undefined && (await readIfPresent(join(owner, "postgres-home")))?.trim() === home;
  if (isOwnerPresent) {
    throw new Error(
      `${dataDir} is a copy of ${owner}, whose database is in ${home}. Delete ${join(dataDir, "postgres-home")} to start with an empty database.`,
    );
  }
  await writePrivateFile(file, `${dataDir}\n`);
}
