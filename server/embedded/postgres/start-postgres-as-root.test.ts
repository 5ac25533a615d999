import { cp, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RunningPostgres, startPostgres } from "./start-postgres";

const isRoot = process.getuid?.() === 0;
/** start-postgres.test.ts covers what holds for every user. */
const rootTest = isRoot ? test : test.skip;
const note = isRoot ? "" : " (skipped: not run by root)";

/** Mode 0700, like root's home directory: PostgreSQL's user cannot enter it. */
let closed: string;
let logged: string[];
let homes: string[];
const servers: RunningPostgres[] = [];

beforeEach(async () => {
  closed = await mkdtemp(join(tmpdir(), "closed-"));
  logged = [];
  homes = [];
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await rm(closed, { recursive: true });
  for (const home of homes) await rm(home, { recursive: true });
});

async function start(): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir: closed, log: (line) => logged.push(line), settings: { fsync: "off" } });
  servers.push(server);
  homes.push(await home());
  return server;
}

async function home(): Promise<string> {
  return (await readFile(join(closed, "postgres-home"), "utf8")).trim();
}

async function run(server: RunningPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return rows[0];
}

rootTest(
  `a database whose directory PostgreSQL's user cannot enter moves to a shared folder and stays${note}`,
  async () => {
    const first = await start();
    await run(first, "CREATE TABLE kept AS SELECT 1 AS value");
    await first.stop();
    expect(logged).toEqual([
      `PostgreSQL cannot run as root, and its user cannot enter ${closed}. The database is in ${await home()}.`,
    ]);

    const second = await start();
    homes.pop();

    expect(await run(second, "SELECT value FROM kept")).toEqual({ value: 1 });
    expect(logged).toHaveLength(1);
    expect((await stat(closed)).mode & 0o777).toBe(0o700);
  },
);

rootTest(`deleting the file postgres-home starts a new cluster${note}`, async () => {
  const first = await start();
  await run(first, "CREATE TABLE kept AS SELECT 1 AS value");
  await first.stop();
  await rm(join(closed, "postgres-home"));

  const second = await start();

  expect(await run(second, "SELECT to_regclass('kept') AS kept")).toEqual({ kept: null });
});

rootTest(`a copy of a data directory does not take over the original's database${note}`, async () => {
  await start();
  const copy = `${closed}-copy`;
  await cp(closed, copy, { recursive: true });

  await expect(startPostgres({ dataDir: copy, log: () => undefined })).rejects.toThrow(
    `${copy} is a copy of ${closed}`,
  );
  await rm(copy, { recursive: true });
});
