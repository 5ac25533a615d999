import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "@/server/embedded/host/free-port";
import { postgresBinaries } from "./binaries";
import { type Cluster, clusterUser, openCluster, superuser } from "./cluster";
import { postgresHome } from "./postgres-home";
import { stopOrphans } from "./stop-orphans";
import { type Exit, type Postmaster, spawnPostmaster } from "./postmaster";
import { unprivilegedUser } from "./os-user";

export interface PostgresOptions {
  /** An existing folder of ours, held by nobody else. The cluster is made in it on the first start. */
  dataDir: string;
  log(line: string): void;
  /** Taken when it is free, so that a restarted server keeps its address. */
  preferredPort?: number;
  /** Server parameters for this run, over those in the cluster's `postgresql.conf`. */
  settings?: Record<string, string>;
}

export interface RunningPostgres extends Postmaster {
  /** Of an empty or grown database `trailport`, with the password. */
  url: string;
  port: number;
}

const database = "trailport";

/**
 * Starts the PostgreSQL that Trailport brings, on a loopback port, and resolves when it answers. Recovers from whatever
 * a killed run left: half a cluster, a stale lock file, a server still running, shared memory still in use.
 *
 * @throws Error with one sentence for people when there is no way.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataDir, log } = options;
  const home = await postgresHome(dataDir, unprivilegedUser(), log);
  const user = await clusterUser(home);
  const binaries = await postgresBinaries(home, user);
  const cluster = await openCluster(home, binaries, user);
  await stopOrphans(cluster.data, log);

  const deadline = Date.now() + 30_000;
  let preferred = options.preferredPort;
  for (;;) {
    const port = await freePort(preferred);
    const server = await spawnPostmaster(cluster, binaries, port, options.settings ?? {});
    const failure = await untilReady(server, cluster, port, log);
    if (failure === undefined) {
      await createDatabase(urlOf(cluster, port, "postgres")).catch(async (error: unknown) => {
        await server.stop();
        throw error;
      });
      return { ...server, url: urlOf(cluster, port, database), port };
    }
    if (!isPassing(failure) || Date.now() > deadline) {
      throw new Error(`PostgreSQL does not start: ${lastComplaint(failure)} (its log: ${cluster.log})`);
    }
    preferred = undefined;
    await sleep(500);
  }
}

function urlOf(cluster: Cluster, port: number, name: string): string {
  return `postgresql://${superuser}:${cluster.password}@127.0.0.1:${port}/${name}`;
}

/** Undefined once a connection succeeds, or how the server ended. After a crash it may replay its log for minutes. */
async function untilReady(
  server: Postmaster,
  cluster: Cluster,
  port: number,
  log: (line: string) => void,
): Promise<Exit | undefined> {
  let exit: Exit | undefined;
  void server.exited.then((value) => (exit = value));
  const started = Date.now();
  for (let told = false; exit === undefined; await sleep(25)) {
    if (await answers(urlOf(cluster, port, "postgres"))) return undefined;
    if (!told && Date.now() - started > 5_000) {
      log("PostgreSQL is recovering what a crash left; this can take a while");
      told = true;
    }
  }
  return exit;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  const connected = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => undefined);
  return connected;
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  await client.end();
}

/** The port was taken between choosing and using it, or the sessions of a killed server are still ending. */
function isPassing({ output }: Exit): boolean {
  return /Address already in use|pre-existing shared memory block/.test(output);
}

function lastComplaint({ output, code, signal }: Exit): string {
  const complaint = output.split("\n").findLast((line) => /FATAL|PANIC|error/i.test(line));
  return complaint?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? `it ended with ${signal ?? `code ${code}`}`;
}
