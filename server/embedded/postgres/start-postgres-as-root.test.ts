import { cp, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RunningPostgres, startPostgres } from "./start-postgres";

const isRoot = process.getuid?.() === 0;
/** The other half of these promises is postgres.test.ts, which passes for everybody. */
const onlyForRoot = isRoot ? test : test.skip;
const remark = isRoot ? "" : " (skipped: not run by root)";

/** Mode 0700, as root's home is: PostgreSQL's own user cannot enter what is inside. */
let closed: string;
let said: string[];
let homes: string[];
const servers: RunningPostgres[] = [];

beforeEach(async () => {
  closed = await mkdtemp(join(tmpdir(), "closed-"));
  said = [];
  homes = [];
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await rm(closed, { recursive: true });
  for (const home of homes) await rm(home, { recursive: true });
});

async function start(): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir: closed, log: (line) => said.push(line), settings: { fsync: "off" } });
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

onlyForRoot(
  `a data directory that PostgreSQL's user cannot enter is kept elsewhere and found again${remark}`,
  async () => {
    const first = await start();
    await run(first, "CREATE TABLE kept AS SELECT 1 AS value");
    await first.stop();
    expect(said).toEqual([
      `PostgreSQL cannot run as root and its user cannot enter ${closed}, so the database is kept in ${await home()}`,
    ]);

    const second = await start();
    homes.pop();

    expect(await run(second, "SELECT value FROM kept")).toEqual({ value: 1 });
    expect(said).toHaveLength(1);
    expect((await stat(closed)).mode & 0o777).toBe(0o700);
  },
);

onlyForRoot(`deleting the data directory's memory means a new cluster${remark}`, async () => {
  const first = await start();
  await run(first, "CREATE TABLE kept AS SELECT 1 AS value");
  await first.stop();
  await rm(join(closed, "postgres-home"));

  const second = await start();

  expect(await run(second, "SELECT to_regclass('kept') AS kept")).toEqual({ kept: null });
});

onlyForRoot(`a copy of the data directory does not take over the original's database${remark}`, async () => {
  await start();
  const copy = `${closed}-copy`;
  await cp(closed, copy, { recursive: true });

  await expect(startPostgres({ dataDir: copy, log: () => undefined })).rejects.toThrow(
    `${copy} is a copy of ${closed}`,
  );
  await rm(copy, { recursive: true });
});
