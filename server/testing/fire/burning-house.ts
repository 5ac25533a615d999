import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { freePort } from "@/server/embedded/free-port";
import { type RunningPostgres, startPostgres } from "@/server/embedded/postgres";
import { applyMigrations } from "@/server/infra/migrate";

export interface BurningHouse {
  readonly databaseUrl: string;
  readonly apiUrl: string;
  /** Kills it with SIGKILL and starts it again; resolves when it answers. */
  readonly burn: Readonly<Record<"web" | "postgres" | "both", () => Promise<void>>>;
  close(): Promise<void>;
}

/** A PostgreSQL as Trailport sets it up, durable, and the REST half of the web process over it; both are there to be killed. */
export async function openBurningHouse(): Promise<BurningHouse> {
  const folder = await mkdtemp(path.join(tmpdir(), "trailport-fire-"));
  // So that PostgreSQL, which root starts as another user, can reach its data in it.
  await chmod(folder, 0o711);
  const log = () => undefined;
  let postgres: RunningPostgres = await startPostgres({ dataDir: folder, log });
  const { url: databaseUrl } = postgres;
  await applyMigrations(databaseUrl);
  const port = await freePort();
  const script = await compile("server/testing/fire/web.fixture.ts");
  const startWeb = () => start(script, port, { DATABASE_URL: databaseUrl, TRAILPORT_DATA_DIR: folder });
  let web = await startWeb();

  const killWeb = async () => {
    web.kill("SIGKILL");
    await gone(web);
  };
  const killPostgres = async () => {
    const file = await readFile(path.join(folder, "postgres", "data", "postmaster.pid"), "utf8");
    process.kill(Number.parseInt(file, 10), "SIGKILL");
    await postgres.exited;
  };
  const relight = async () => {
    postgres = await startPostgres({ dataDir: folder, log, preferredPort: postgres.port });
    // The web process is told no other address.
    if (postgres.url !== databaseUrl) throw new Error("PostgreSQL did not get its port back.");
  };
  return {
    databaseUrl,
    apiUrl: `http://127.0.0.1:${port}`,
    burn: {
      async web() {
        await killWeb();
        web = await startWeb();
      },
      async postgres() {
        await killPostgres();
        await relight();
      },
      async both() {
        await Promise.all([killWeb(), killPostgres()]);
        await relight();
        web = await startWeb();
      },
    },
    async close() {
      await killWeb();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
      await rm(script);
    },
  };
}

/** As plain JavaScript, so that most of the time is spent burning rather than starting. */
async function compile(entry: string): Promise<string> {
  const outfile = path.resolve("dist", "fire", `${process.pid}.js`);
  const alias = { "@": process.cwd() };
  await build({
    entryPoints: [entry],
    outfile,
    alias,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  return outfile;
}

async function start(script: string, port: number, variables: Record<string, string>): Promise<ChildProcess> {
  const web = fork(script, [String(port)], {
    execArgv: [],
    env: {
      ...process.env,
      NODE_ENV: "production",
      ...variables,
      AUTH_SECRET: "a secret for tests that nobody else ever uses",
      DOWNLOAD_SECRET: "a secret for tests that nobody else ever uses",
      RATE_LIMIT_PER_MINUTE: "1000000000",
      LOG_LEVEL: "silent",
    },
  });
  await Promise.race([
    once(web, "message"),
    once(web, "exit").then(() => Promise.reject(new Error("The web process ended while starting."))),
  ]);
  return web;
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
