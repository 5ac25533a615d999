import { closeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "@/server/embedded/host/free-port";
import { readMemoryLimit } from "@/server/embedded/host/memory-limit";
import { findBinaries } from "./binaries";
import { type Cluster, clusterUser, openCluster, superuser } from "./cluster";
import { lockCluster } from "./cluster-lock";
import { loweredSettings } from "./memory-settings";
import { userFor } from "./os-user";
import { findPostgresHome } from "./postgres-home";
import { type Exit, type Postmaster, spawnPostmaster } from "./postmaster";

export interface PostgresOptions {
  /** An existing folder that only the caller uses. The first start creates the cluster in it. */
  dataDir: string;
  log(line: string): void;
  /** Used if it is free, so that a restarted server keeps its address. */
  preferredPort?: number;
  /** Bytes that all of Trailport may use; the machine's memory or the container's limit if missing. */
  memory?: number;
  /** Server parameters for this run. They override the cluster's `postgresql.conf`. */
  settings?: Record<string, string>;
}

export interface RunningPostgres extends Postmaster {
  /** The URL of the database `trailport` for the superuser, including the password. */
  url: string;
  /** PostgreSQL's own data directory. */
  directory: string;
  port: number;
}

const database = "trailport";

/**
 * Starts the bundled PostgreSQL on a loopback port and resolves when it accepts connections. Recovers from everything a
 * killed run can leave: an unfinished cluster, a stale lock file, a running server, shared memory that is still in use.
 *
 * @throws Error in one sentence, written for the user, if PostgreSQL cannot be started.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataDir, log } = options;
  const newUser = await userFor(dataDir);
  const home = await findPostgresHome(dataDir, newUser, log);
  const user = await clusterUser(home, newUser);
  const binaries = await findBinaries(home, user);
  const memory = options.memory ?? (await readMemoryLimit());
  const cluster = await openCluster(home, binaries, user, { memory, log });
  const lock = await lockCluster(cluster.data, log);
  try {
    const lowered = await loweredSettings(cluster, binaries, memory);
    return await startServer(cluster, binaries, lock, { ...options, settings: { ...lowered, ...options.settings } });
  } finally {
    // The server keeps it.
    closeSync(lock);
  }
}

async function startServer(
  cluster: Cluster,
  binaries: string,
  lock: number,
  options: PostgresOptions,
): Promise<RunningPostgres> {
  const deadline = performance.now() + 30_000;
  let preferred = options.preferredPort;
  for (;;) {
    const port = await freePort(preferred);
    const server = await spawnPostmaster(cluster, binaries, port, options.settings ?? {}, lock);
    const failure = await untilReady(server, cluster, port, options.log);
    if (failure === undefined) {
      await createDatabase(urlOf(cluster, port, "postgres")).catch(async (error: unknown) => {
        await server.stop();
        throw error;
      });
      return { ...server, url: urlOf(cluster, port, database), directory: cluster.data, port };
    }
    if (!isTransient(failure) || performance.now() > deadline) {
      throw new Error(`PostgreSQL does not start: ${lastErrorLine(failure)} (its log: ${cluster.log})`);
    }
    preferred = undefined;
    await sleep(500);
  }
}

function urlOf(cluster: Cluster, port: number, name: string): string {
  return `postgresql://${superuser}:${cluster.password}@127.0.0.1:${port}/${name}`;
}

/** Returns undefined once a connection succeeds, or how the server exited. Recovery after a crash can take minutes. */
async function untilReady(
  server: Postmaster,
  cluster: Cluster,
  port: number,
  log: (line: string) => void,
): Promise<Exit | undefined> {
  let exit: Exit | undefined;
  void server.exited.then((value) => (exit = value));
  const startedAt = performance.now();
  for (let isAnnounced = false; exit === undefined; await sleep(25)) {
    if (await acceptsConnections(urlOf(cluster, port, "postgres"))) return undefined;
    if (!isAnnounced && performance.now() - startedAt > 5_000) {
      log("PostgreSQL is recovering from a crash. This can take a while");
      isAnnounced = true;
    }
  }
  return exit;
}

async function acceptsConnections(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  const isConnected = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => undefined);
  return isConnected;
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  await client.end();
}

/** Whether another process took the port in the meantime, or the sessions of a killed server are still exiting. */
function isTransient({ output }: Exit): boolean {
  return /Address already in use|pre-existing shared memory block/.test(output);
}

function lastErrorLine({ output, code, signal }: Exit): string {
  const line = output.split("\n").findLast((line) => /FATAL|PANIC|error/i.test(line));
  return line?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? `it exited with ${signal ?? `code ${code}`}`;
}
