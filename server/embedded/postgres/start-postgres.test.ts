import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { isRunning } from "@/server/embedded/host/is-running";
import { type RunningPostgres, startPostgres } from "./start-postgres";

const settings = { fsync: "off", shared_buffers: "64MB" };
let dataDir: string;
let logged: string[];
let servers: RunningPostgres[];

beforeEach(async () => {
  dataDir = await createDataDir();
  logged = [];
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function createDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  await chmod(folder, 0o711);
  return folder;
}

/** Copies a folder with owners, as a backup has to. */
async function copy(from: string, to: string): Promise<void> {
  const child = spawn("cp", ["-a", `${from}/.`, to]);
  expect(await once(child, "exit")).toEqual([0, null]);
}

async function start(): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir, log: (line) => logged.push(line), settings });
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return rows;
}

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, "postgres", "data", "postmaster.pid"), "utf8"), 10);
}

const isLinux = process.platform === "linux";

test.runIf(isLinux)(
  `PostgreSQL's processes do not inherit secrets${isLinux ? "" : " (skipped: needs /proc)"}`,
  async () => {
    const names = ["AUTH_SECRET", "OIDC_CLIENT_SECRET", "SMTP_URL", "AWS_SECRET_ACCESS_KEY", "DATABASE_OWNER_URL"];
    for (const name of names) vi.stubEnv(name, "a-secret-of-this-test");
    await start();
    vi.unstubAllEnvs();
    const environment = await readFile(`/proc/${await postmasterPid()}/environ`, "utf8");
    expect(environment).toContain("TZ=UTC");
    expect(environment).not.toContain("a-secret-of-this-test");
  },
);

describe("a new cluster", () => {
  test("the first start creates a UTF-8 cluster with checksums and passwords; the next reuses it", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 1 AS value");
    expect(
      await query(
        first.url,
        `SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) AS encoding, current_setting('data_checksums') AS checksums,
         current_setting('listen_addresses') AS addresses, current_setting('password_encryption') AS passwords
       FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual([
      {
        datlocprovider: "b",
        datlocale: "C.UTF-8",
        encoding: "UTF8",
        checksums: "on",
        addresses: "127.0.0.1",
        passwords: "scram-sha-256",
      },
    ]);
    expect((await stat(join(dataDir, "postgres", "password"))).mode & 0o777).toBe(0o600);
    await first.stop();

    const second = await start();

    expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
    expect(logged).toEqual([]);
  });

  test("a start succeeds after one that was killed while creating the cluster", async () => {
    const script = `const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, "start-postgres.ts"))});
    await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: console.log })`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
      stdio: "ignore",
    });
    const unfinished = async () => (await readdir(dataDir)).find((name) => name.startsWith("postgres.unfinished"));
    await expect.poll(unfinished, { timeout: 20_000, interval: 5 }).toBeDefined();
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await readdir(dataDir)).not.toContain("postgres");

    const server = await start();

    expect(await query(server.url, "SELECT 1 AS value")).toEqual([{ value: 1 }]);
  });
});

describe("an existing cluster", () => {
  let template: string;

  // Creating a cluster takes much longer than copying one.
  beforeAll(async () => {
    template = await createDataDir();
    await (await startPostgres({ dataDir: template, log: () => undefined, settings })).stop();
  });

  afterAll(() => rm(template, { recursive: true }));

  beforeEach(() => copy(template, dataDir));

  test("a server takes no more memory than its container allows, whatever its cluster was created with", async () => {
    const sizes = async (megabytes: number, changes: Record<string, string> = {}) => {
      const options = { dataDir, log: () => undefined, memory: megabytes * 2 ** 20, settings: { fsync: "off" } };
      const server = await startPostgres(options);
      servers.push(server);
      for (const [name, value] of Object.entries(changes))
        await query(server.url, `ALTER SYSTEM SET ${name} = '${value}'`);
      const [row] = await query(
        server.url,
        "SELECT current_setting('shared_buffers') b, current_setting('work_mem') w",
      );
      await server.stop();
      return row;
    };
    // What a cluster that was created on a machine with 24 GB has.
    await sizes(24_000, { shared_buffers: "1GB", work_mem: "8MB" });

    expect(await sizes(512)).toEqual({ b: "64MB", w: "4MB" });
    expect(await sizes(24_000, { shared_buffers: "48MB" })).toEqual({ b: "1GB", w: "8MB" });
    expect(await sizes(512)).toEqual({ b: "48MB", w: "4MB" });
  });

  test("a connection with a wrong password is rejected", async () => {
    const url = new URL((await start()).url);
    url.password = "guess";

    await expect(query(url.href, "SELECT 1")).rejects.toThrow("password authentication failed");
  });

  test("a start stops a server that outlived its supervisor", async () => {
    const orphan = await start();
    await query(orphan.url, "CREATE TABLE kept AS SELECT 1 AS value");

    const second = await start();

    expect((await orphan.exited).code).toBe(0);
    expect(logged).toEqual(["Stopping a PostgreSQL server left over from an earlier run"]);
    expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
  });

  test("a server that was killed while sessions were running starts again", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 1 AS value");
    const session = new pg.Client({ connectionString: first.url });
    session.on("error", () => undefined);
    await session.connect();
    const longQuery = session.query("SELECT count(*) FROM generate_series(1, 1000000000)").catch(() => undefined);
    process.kill(await postmasterPid(), "SIGKILL");
    await first.exited;

    const second = await start();

    expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
    await longQuery;
  });

  test("a start ignores a PostgreSQL lock file whose process ID was reused", async () => {
    const first = await start();
    const lockFile = join(dataDir, "postgres", "data", "postmaster.pid");
    const lock = await readFile(lockFile, "utf8");
    await first.stop();
    await writeFile(lockFile, lock.replace(/^\d+/, String(process.pid)));

    await start();

    expect(logged).toEqual([]);
  });

  test("a server that cannot start reports why in one sentence", async () => {
    const failing = startPostgres({ dataDir, log: () => undefined, settings: { shared_buffers: "nonsense" } });

    await expect(failing).rejects.toThrow(
      /^PostgreSQL does not start: invalid value for parameter "shared_buffers": "nonsense"/,
    );
  });

  test("a stopped server leaves no process running", async () => {
    const server = await start();
    const pid = await postmasterPid();

    await server.stop();

    expect(isRunning(pid)).toBe(false);
  });

  test("a copy of a stopped data directory is a backup that starts with all committed data", async () => {
    const original = await start();
    await query(original.url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS value");
    await original.stop();
    const backup = await createDataDir();
    try {
      await copy(dataDir, backup);
      await rm(dataDir, { recursive: true });
      const restored = await startPostgres({ dataDir: backup, log: (line) => logged.push(line), settings });
      servers.push(restored);
      expect(await query(restored.url, "SELECT count(*)::int AS rows FROM kept")).toEqual([{ rows: 1000 }]);
      await restored.stop();
    } finally {
      await rm(backup, { recursive: true, force: true });
    }
  });
});
