import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "@/server/embedded/host/free-port";
import { type RunningPostgres, startPostgres } from "@/server/embedded/postgres/start-postgres";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";

export const METRICS_TOKEN = "a-token-for-tests-only";

export interface CrashHarness {
  readonly databaseUrl: string;
  readonly apiUrl: string;
  /** Kills the process with SIGKILL and starts it again. Resolves when it responds. */
  readonly kill: Readonly<Record<"web" | "postgres" | "both", () => Promise<void>>>;
  /** Sends SIGTERM to the web process, as the start command and orchestrators do. Returns its exit code. */
  stopWeb(): Promise<number | null>;
  close(): Promise<void>;
}

/** Starts a durable PostgreSQL, configured as in production, and the built web process, for tests that kill them. */
export async function openCrashHarness(): Promise<CrashHarness> {
  const folder = await mkdtemp(path.join(tmpdir(), "trailport-crash-"));
  // PostgreSQL, which root starts as another user, must be able to reach its data in it.
  await chmod(folder, 0o711);
  const log = () => undefined;
  let postgres: RunningPostgres = await startPostgres({ dataDir: folder, log });
  const { url: databaseUrl } = postgres;
  await applyMigrations(databaseUrl);
  const port = await freePort();
  const startWeb = () => start({ DATABASE_URL: databaseUrl, TRAILPORT_DATA_DIR: folder, PORT: String(port) });
  let web = await startWeb();

  const killWeb = async () => {
    web.kill("SIGKILL");
    await exited(web);
  };
  const killPostgres = async () => {
    const file = await readFile(path.join(folder, "postgres", "data", "postmaster.pid"), "utf8");
    process.kill(Number.parseInt(file, 10), "SIGKILL");
    await postgres.exited;
  };
  const restartPostgres = async () => {
    postgres = await startPostgres({ dataDir: folder, log, preferredPort: postgres.port });
    // The web process keeps the URL that it was started with.
    if (postgres.url !== databaseUrl) throw new Error("PostgreSQL could not use its previous port again.");
  };
  return {
    databaseUrl,
    apiUrl: `http://127.0.0.1:${port}`,
    kill: {
      async web() {
        await killWeb();
        web = await startWeb();
      },
      async postgres() {
        await killPostgres();
        await restartPostgres();
      },
      async both() {
        await Promise.all([killWeb(), killPostgres()]);
        await restartPostgres();
        web = await startWeb();
      },
    },
    async stopWeb() {
      web.kill("SIGTERM");
      await exited(web);
      return web.exitCode;
    },
    async close() {
      await killWeb();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(variables: Record<string, string>): Promise<ChildProcess> {
  const web = fork(path.join("dist", "main.js"), [], {
    execArgv: [],
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      ...variables,
      AUTH_SECRET: "a secret that only these tests use",
      DOWNLOAD_SECRET: "a secret that only these tests use",
      METRICS_TOKEN,
      // Events wait for 10 seconds at most, and some of a test's time passes before the signal.
      DRAIN_SECONDS: "2",
      RATE_LIMIT_PER_MINUTE: "1000000000",
      EVENT_LIMIT_PER_MINUTE: "1000000000",
      LOG_LEVEL: "silent",
    },
  });
  await Promise.race([
    once(web, "message"),
    once(web, "exit").then(() => Promise.reject(new Error("The web process exited during startup."))),
  ]);
  return web;
}

async function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
