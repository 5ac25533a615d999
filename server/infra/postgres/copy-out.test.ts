import pg from "pg";
import { expect, onTestFinished, vi } from "vitest";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { openDatabase } from "./database";

async function textOf(rows: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of rows) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

test("COPY receives every value unchanged", async ({ world }) => {
  const { db } = world.services;
  const values = ["it's", String.raw`a\b`, "$1 $2", "'; DROP TABLE member; --", "", "ü😀", String.raw`\'`];
  for (const value of values) {
    const rows = db.copy("SELECT octet_length($1::text), $1::text = $2::text, $3::int", [value, value, 7]);
    expect(await textOf(rows), value).toBe(`${Buffer.byteLength(value)}\tt\t7\n`);
  }
  const lists = db.copy("SELECT cardinality($1::text[]), cardinality($2::text[])", [values, []]);
  expect(await textOf(lists)).toBe(`${values.length}\t0\n`);
  await expect(textOf(db.copy("SELECT $1::text", [{}]))).rejects.toThrow("type object");
});

test("rows are escaped by COPY's rules, and null is an empty column", async ({ world }) => {
  const rows = world.services.db.copy(String.raw`SELECT E'a\tb\nc\\d', NULL, '"'`, []);
  expect(await textOf(rows)).toBe(`${String.raw`a\tb\nc\\d`}\t\t"\n`);
});

const endless = "SELECT generate_series(1, 1000000000), repeat('x', 1000)";
const silent = "SELECT pg_sleep(1000)";

test("a reader that stops and an aborted signal end the statement, even before its first row", async ({ world }) => {
  const { db } = world.services;
  const running = async () => {
    const found = await db.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY%'`,
      [],
    );
    return found[0]?.count;
  };
  for await (const piece of db.copy(endless, [])) {
    expect(piece.byteLength).toBeGreaterThan(0);
    break;
  }
  await expect.poll(running).toBe(0);

  for (const sql of [endless, silent]) {
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const reading = textOf(db.copy(sql, [], { signal: stop.signal }));
    await vi.waitUntil(async () => (await running()) === 1, { timeout: 20_000 });
    stop.abort();
    await expect(reading).rejects.toThrow("was aborted");
    await expect.poll(running).toBe(0);
  }
  expect(await textOf(db.copy("SELECT 1", []))).toBe("1\n");
});

test("an aborted signal also ends the wait for a free connection", async ({ world }) => {
  const { log } = world.services;
  const db = openDatabase(world.databaseUrl, log, { connections: 1, connectTimeout: 20_000 });
  onTestFinished(() => db.close());
  const stop = new AbortController();
  const holding = db.copy("SELECT 1", [])[Symbol.asyncIterator]();
  await holding.next();
  const reading = textOf(db.copy(silent, [], { signal: stop.signal }));
  stop.abort();
  await holding.next();
  await expect(reading).rejects.toThrow("aborted");
});

test("a timeout fails as unavailable, and the pool stays usable", async ({ world }) => {
  const { db } = world.services;
  await expect(textOf(db.copy(silent, [], { timeout: 50 }))).rejects.toMatchObject({ code: "unavailable" });
  await expect(textOf(db.copy("SELECT 1 / 0", []))).rejects.toThrow("division by zero");
  expect(await textOf(db.copy("SELECT 1", [], { timeout: 5_000 }))).toBe("1\n");
});

test("COPY reads events once that move to a new partition while it waits for the lock", async ({
  world,
  organization,
}) => {
  const { db } = organization;
  const [{ day } = { day: "" }] = await db.query<{ day: string }>(
    "SELECT (max(first_day) + interval '1 month')::date::text AS day FROM log.month",
    [],
  );
  await storeEvents(organization, [anEvent({ action: "moves", occurredAt: new Date(day) })]);
  const mover = new pg.Client({ connectionString: world.databaseUrl });
  await mover.connect();
  onTestFinished(() => mover.end());
  await mover.query("BEGIN");
  await mover.query("SELECT log.ensure_month($1)", [day]);
  const waiting = async () => {
    const sql = "SELECT 1 FROM pg_locks WHERE relation = 'log.event'::regclass AND NOT granted";
    return (await db.query(sql, [])).length;
  };
  const moved = "SELECT e.action FROM log.event e WHERE e.occurred_at = $1::timestamptz";
  const stop = new AbortController();
  const stopped = textOf(db.copy(moved, [day], { signal: stop.signal }));
  await expect.poll(waiting).toBe(1);
  stop.abort();
  await expect(stopped).rejects.toThrow("was aborted");

  const reading = textOf(db.copy(moved, [`${day}T00:00:00Z`]));
  await expect.poll(waiting).toBe(1);
  await mover.query("COMMIT");
  expect(await reading).toBe("moves\n");
});
