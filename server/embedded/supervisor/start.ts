// The start command, after the launcher has installed and built everything:
//
//   1. opens the data directory           only one Trailport can use it
//   2. starts or connects to PostgreSQL   start-database.ts
//   3. applies migrations
//   4. on the first start, creates the owner account, an API key and demo data   first-start/
//   5. starts web and worker              start-web-and-worker.ts
//   6. waits for a signal, then stops web and worker, then PostgreSQL
//
// With the argument `migrate`, it ends after step 4.
//
// Every step can be interrupted by a signal, and a start that is killed at any point is completed by the next.
import { once } from "node:events";
import { firstStartFiles, needsFirstStart, readFirstStart } from "@/server/embedded/first-start/first-start-state";
import { promptForDemoData } from "@/server/embedded/first-start/prompt-demo-data";
import { checkPort } from "@/server/embedded/host/check-port";
import { type DataDirectory, openDataDirectory } from "@/server/embedded/host/data-directory";
import { readMemoryLimit } from "@/server/embedded/host/memory-limit";
import { printLine, withProgress } from "@/server/embedded/host/progress.mjs";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { grantAccess } from "@/server/infra/migrations/grant-access";
import { roleOf } from "@/server/infra/postgres/check-server";
import { durabilityRisks } from "@/server/infra/postgres/durability";
import { openPool } from "@/server/infra/postgres/pool";
import { readEnv } from "@/server/kernel/env";
import { publicUrlNotice } from "@/server/kernel/public-url";
import { childEnv, type Mode } from "./child-env";
import { failureMessage } from "./failure-message";
import { loadSecrets } from "./secrets";
import { type StartedDatabase, startDatabase } from "./start-database";
import { readStartEnv, type StartEnv } from "./start-env";
import { startWebAndWorker } from "./start-web-and-worker";
import { firstMigrationMessage, firstStartMessage, startMessage } from "./startup-message";
import { listenForStop } from "./stop-signal";
import { SupervisedProcesses } from "./supervised-processes";
import { npmNotice } from "./watch-npm";

/** How long the web process of a killed start may take to release its port (ms). */
const ORPHAN_TIMEOUT = 12_000;

const flags = process.argv.slice(2);
const isMigrationOnly = flags[0] === "migrate";
const mode: Mode = flags.includes("--dev") ? "development" : "production";
const processes = new SupervisedProcesses();
/** A statement that fails throws, too. */
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Starts everything and returns the message to print. Every process it started is in `processes`, even if it throws. */
async function startAll(env: StartEnv, directory: DataDirectory, signal: AbortSignal): Promise<string> {
  if (!isMigrationOnly) await checkPort(env.host, env.port, directory.isInherited ? ORPHAN_TIMEOUT : 0);
  const npmRisk = npmNotice();
  if (npmRisk !== null) printLine(`WARNING: ${npmRisk}`);
  const notice = publicUrlNotice(env.publicUrl);
  if (notice !== null) printLine(`NOTE: ${notice}`);
  const secrets = await loadSecrets(env.dataDir);
  // Reports a wrong variable once, instead of once each from web and worker.
  readEnv(childEnv(env, secrets, { url: "postgresql://not-started-yet", directory: undefined }, mode));
  signal.throwIfAborted();

  const stage = env.databaseUrl === undefined ? "PostgreSQL started" : "Connected to the database";
  const database = await withProgress(stage, () => startDatabase(env, processes, printLine));
  for (const risk of await durabilityRisks(database.url)) printLine(`WARNING: ${risk}`);
  signal.throwIfAborted();
  const { applied } = await applyMigrations(database.ownerUrl);
  if (database.ownerUrl !== database.url) await grantAccess(database.ownerUrl, await roleOf(database.url));
  if (applied.length > 0) printLine(`Applied migrations: ${applied.length}`);
  signal.throwIfAborted();

  const variables = () => childEnv(env, secrets, database, mode);
  const pool = openPool(database.url, quiet, { connections: 1, connectTimeout: 10_000 });
  const record = await readFirstStart(pool).finally(pool.close);
  const message = needsFirstStart(env.dataDir, database.isEmbedded, record)
    ? await firstStart(env, database, variables(), signal)
    : laterStartMessage(env);
  signal.throwIfAborted();
  if (isMigrationOnly) return message;

  await withProgress("Web and worker started", () => startWebAndWorker(env, mode, variables, processes));
  return message;
}

async function firstStart(
  env: StartEnv,
  { ownerUrl, isEmbedded }: StartedDatabase,
  variables: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string> {
  const demoData = await promptForDemoData(flags, signal);
  signal.throwIfAborted();
  // Imported here because no later start needs the domain code in this process.
  const { runFirstStart } = await import("@/server/embedded/first-start/run-first-start");
  const result = await withProgress(demoData ? "Demo data loaded" : "Workspace created", () =>
    runFirstStart({ dataDir: env.dataDir, isEmbedded, ownerUrl, demoData }, variables),
  );
  // Another node did it while this one waited.
  if (result === null) return laterStartMessage(env);
  const file = firstStartFiles(env.dataDir).result;
  return isMigrationOnly ? firstMigrationMessage(result, file) : firstStartMessage(result, file);
}

function laterStartMessage({ publicUrl }: StartEnv): string {
  return isMigrationOnly ? "\n  The database is up to date.\n" : startMessage(publicUrl);
}

function exitAtOnce(reason: string): void {
  processes.kill();
  printLine(reason);
  process.exit(1);
}

async function main(): Promise<void> {
  process.umask(0o077);
  const signal = listenForStop(() => exitAtOnce("Stopping at once"));
  let directory: DataDirectory | undefined;
  let failure: unknown;
  try {
    const env = readStartEnv(process.env, await readMemoryLimit());
    const onLost = () => exitAtOnce(`Another Trailport has taken over ${env.dataDir} while this one was suspended.`);
    directory = await openDataDirectory(env.dataDir, { log: printLine, onLost });
    console.log(await startAll(env, directory, signal));
    if (!signal.aborted && !isMigrationOnly) await once(signal, "abort");
    if (!isMigrationOnly) printLine("Stopping");
  } catch (error) {
    failure = signal.aborted ? undefined : error;
  }
  await directory?.announceStop();
  await processes.stop();
  await directory?.release();
  if (failure !== undefined) console.error(`\n  ${failureMessage(failure)}\n`);
  process.exit(failure === undefined ? 0 : 1);
}

await main();
