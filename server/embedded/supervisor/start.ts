import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readEnv } from "@/server/kernel/env";
import { durabilityRisks } from "@/server/infra/postgres/durability";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { announceFirstStart, announceStart } from "./startup-message";
import { wantsDemoData } from "@/server/embedded/first-start/prompt-demo-data";
import { childEnv } from "./child-env";
import { type DataDirectory, openDataDirectory } from "@/server/embedded/host/data-directory";
import { freePort } from "@/server/embedded/host/free-port";
import { hasWorkspace } from "./check-database";
import { firstStartFiles, needsFirstStart } from "@/server/embedded/first-start/first-start-state";
import { keepRunning } from "./restart-supervisor";
import { startNodeProcess } from "./node-process";
import { watchNpm } from "./watch-npm";
import { Parts } from "./supervised-processes";
import { checkPort } from "@/server/embedded/host/check-port";
import { loadSecrets } from "./secrets";
import { stage, tell } from "@/server/embedded/host/progress.mjs";
import { startDatabase } from "./start-database";
import { readStartEnv, type StartEnv } from "./start-env";
import { WORKER_OPTIONS } from "./worker-options";

const flags = process.argv.slice(2);
const mode = flags.includes("--dev") ? "development" : "production";
const parts = new Parts();

/** Brings everything up and returns what to say then. Whatever it started is in `parts`, also when it throws. */
async function startUp(env: StartEnv, directory: DataDirectory, signal: AbortSignal): Promise<string> {
  await checkPort(env.host, env.port, directory.isInherited ? 12_000 : 0);
  const secrets = await loadSecrets(env.dataDir);
  // Told here once rather than by web and worker each.
  readEnv(childEnv(env, secrets, "postgresql://not-started-yet", mode));
  signal.throwIfAborted();

  const what = env.databaseUrl === undefined ? "PostgreSQL started" : "Database reached";
  const database = await stage(what, () => startDatabase(env, parts, tell));
  for (const risk of await durabilityRisks(database.url)) tell(`WARNING: ${risk}`);
  signal.throwIfAborted();
  const { applied } = await applyMigrations(database.url);
  if (applied.length > 0) tell(`${applied.length} migrations applied`);
  signal.throwIfAborted();

  const variables = () => childEnv(env, secrets, database.url, mode);
  const state = { isEmbedded: database.isEmbedded, hasWorkspace: await hasWorkspace(database.url) };
  const announcement = needsFirstStart(env.dataDir, state)
    ? await provision(env, variables(), signal)
    : announceStart(env.publicUrl);
  signal.throwIfAborted();

  await stage("Web and worker started", () => startProcesses(env, variables));
  return announcement;
}

async function provision(env: StartEnv, variables: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const demoData = await wantsDemoData(flags, signal);
  signal.throwIfAborted();
  // Loaded only now: no later start needs the domain in this process.
  const { runFirstStart } = await import("@/server/embedded/first-start/run-first-start");
  const first = await stage(demoData ? "Demo data loaded" : "Workspace made", () =>
    runFirstStart(env.dataDir, variables, { demoData }),
  );
  return announceFirstStart(first, firstStartFiles(env.dataDir).result);
}

async function startProcesses(env: StartEnv, variables: () => NodeJS.ProcessEnv): Promise<void> {
  // An Inngest server calls the web process, which hands its calls to the worker: the work must not slow pages and events.
  const passage = env.hasInngest ? { TRAILPORT_WORKER_PORT: String(await freePort()) } : {};
  const starts = (["web", "worker"] as const).map(async (name) => {
    const start = () => startNodeProcess(`The ${name} process`, nodeArgs(name), { ...variables(), ...passage });
    parts.add(name, await keepRunning(`The ${name} process`, start, tell));
  });
  const failed = (await Promise.allSettled(starts)).find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  await untilReady(env);
}

function nodeArgs(name: "web" | "worker"): string[] {
  return name === "web" ? script("main") : [...WORKER_OPTIONS, ...script("worker")];
}

function script(name: string): string[] {
  return mode === "development" ? ["--import", "tsx", join("server", `${name}.ts`)] : [join("dist", `${name}.js`)];
}

async function untilReady({ host, port }: StartEnv): Promise<void> {
  const anyAddress = host === "0.0.0.0" || host === "::";
  const name = anyAddress ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  const url = `http://${name}:${port}/api/health/ready`;
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`The web process runs but ${url} does not say that it is ready.`);
}

/** Aborts at the first wish to stop; a second one, later than npm's copy of the first, ends everything at once. */
function listenForStop(): AbortSignal {
  const controller = new AbortController();
  let asked = 0;
  const stop = () => {
    const now = performance.now();
    if (asked === 0) {
      asked = now;
      controller.abort();
    } else if (now - asked > 1_000) {
      parts.kill();
      process.exit(1);
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // Under nohup the terminal may go; Node has replaced nohup's way of saying so.
  process.on("SIGHUP", () => process.stdout.isTTY && stop());
  // Nobody may be left to read.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  watchNpm(stop);
  return controller.signal;
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A mistake of our own, which a sentence does not help to find.
  return error.name === "Error" ? error.message : (error.stack ?? error.message);
}

async function main(): Promise<void> {
  process.umask(0o077);
  const signal = listenForStop();
  let directory: DataDirectory | undefined;
  let failure: unknown;
  try {
    const env = readStartEnv(process.env);
    directory = await openDataDirectory(env.dataDir, tell);
    console.log(await startUp(env, directory, signal));
    if (!signal.aborted) await once(signal, "abort");
    tell("Stopping");
  } catch (error) {
    failure = signal.aborted ? undefined : error;
  }
  await directory?.announceStop();
  await parts.stop();
  await directory?.release();
  if (failure !== undefined) console.error(`\n  ${sentence(failure)}\n`);
  process.exit(failure === undefined ? 0 : 1);
}

await main();
