import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { openDataDirectory } from "@/server/embedded/host/data-directory";
import { readIfPresent } from "@/server/embedded/host/durable-files";
import { readMemoryLimit } from "@/server/embedded/host/memory-limit";
import { printLine } from "@/server/embedded/host/progress.mjs";
import { superuser } from "@/server/embedded/postgres/cluster";
import { prepareRoles } from "@/server/embedded/postgres/roles";
import { startPostgres } from "@/server/embedded/postgres/start-postgres";
import { readStartEnv, type StartEnv } from "@/server/embedded/supervisor/start-env";
import { openBlobStore } from "@/server/infra/blob-storage/open-blob-store";
import { checkServer } from "@/server/infra/postgres/check-server";
import type { BlobStore } from "@/server/kernel/ports/blob-store";

/** A database and a store of files that a command uses while Trailport runs, or does not run. */
export interface Installation {
  /** Owns the tables. */
  readonly ownerUrl: string;
  /** The role that web and worker use. */
  readonly appUrl: string;
  readonly blobs: BlobStore;
  readonly env: StartEnv;
  close(): Promise<void>;
}

/**
 * Opens the installation that these variables describe. An embedded database that is not running is started until `close`.
 * @throws Error in one sentence
 */
export async function openInstallation(variables: NodeJS.ProcessEnv): Promise<Installation> {
  const env = readStartEnv(variables, await readMemoryLimit());
  const blobs = openBlobStore(variables["BLOB_STORE_URL"] || pathToFileURL(join(env.dataDir, "blobs")).href);
  if (env.databaseUrl !== undefined) {
    const ownerUrl = env.databaseOwnerUrl ?? env.databaseUrl;
    await checkServer(ownerUrl, env.databaseOwnerUrl === undefined ? "DATABASE_URL" : "DATABASE_OWNER_URL");
    return { ownerUrl, appUrl: env.databaseUrl, blobs, env, close: async () => undefined };
  }
  const running = await runningDatabase(env.dataDir);
  if (running !== null) return { ownerUrl: running, appUrl: running, blobs, env, close: async () => undefined };
  const onLost = () => {
    printLine(`Trailport was started in ${env.dataDir} while this command was suspended.`);
    process.exit(1);
  };
  const directory = await openDataDirectory(env.dataDir, { log: printLine, onLost });
  const server = await startPostgres({ dataDir: env.dataDir, memory: env.memory, log: printLine }).catch(
    async (error: unknown) => {
      await directory.release();
      throw error;
    },
  );
  const close = async () => {
    await server.stop();
    await directory.release();
  };
  const roles = await prepareRoles(server.url).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { ...roles, blobs, env, close };
}

/** Returns the superuser's URL of the embedded database if it is running; otherwise null. */
async function runningDatabase(dataDir: string): Promise<string | null> {
  // Where PostgreSQL's user can't enter the data directory, this file names the folder that is used instead.
  const home = (await readIfPresent(join(dataDir, "postgres-home")))?.trim() ?? dataDir;
  const folder = join(home, "postgres");
  const pid = await readIfPresent(join(folder, "data", "postmaster.pid"));
  if (pid === null) return null;
  const password = (await readFile(join(folder, "password"), "utf8")).trim();
  const url = `postgresql://${superuser}:${password}@127.0.0.1:${pid.split("\n")[3]?.trim()}/trailport`;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  const isRunning = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => undefined);
  return isRunning ? url : null;
}
