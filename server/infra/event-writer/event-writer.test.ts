import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { newEventUuid } from "@/server/kernel/ids";
import type { EventRow, EventWriter } from "@/server/kernel/ports/event-writer";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { holdEvents } from "@/server/testing/hold-events";
import { startFaultyTcpProxy } from "@/server/testing/faulty-tcp-proxy";
import { createMetrics } from "@/server/infra/metrics";
import { BatchingEventWriter } from "./event-writer";
import { openWritingPool } from "./writing-pool";
import { openPool } from "@/server/infra/postgres/pool";

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const LIMITS = { events: 20_000, bytes: 64_000_000, timeout: 10_000 };

function rowOf({ environment, organization, now }: OrganizationScope, given: Partial<EventRow> = {}): EventRow {
  const pks = { environmentPk: environment.pk, organizationPk: organization.pk };
  return { id: newEventUuid(now()), ...pks, event: anEvent(), idempotencyKey: null, ...given };
}

/** Opens a writer with its own connections and counts its statements. */
function openWriter(url: string, limits = LIMITS) {
  const pool = openWritingPool(url, quiet);
  const counted = { statements: 0 };
  const query: typeof pool.query = (...parameters) => {
    counted.statements += 1;
    return pool.query(...parameters);
  };
  const writer = new BatchingEventWriter({ query }, { log: quiet, metrics: createMetrics() }, limits);
  return { write: (row: EventRow) => writer.write(row), counted, close: () => pool.close() };
}

/** Writes all rows at the same time. Returns each one's result or error message. */
function writeAll(writer: EventWriter, rows: readonly EventRow[]) {
  return Promise.all(
    rows.map((row) => writer.write(row).catch((error: unknown) => (error instanceof Error ? error.message : "?"))),
  );
}

async function stored({ db, organization }: OrganizationScope): Promise<string[]> {
  const rows = await db.query<{ id: string }>("SELECT id FROM log.event e WHERE e.organization_pk = $1", [
    organization.pk,
  ]);
  return rows.map(({ id }) => id).toSorted();
}

test("a row that is written again, as after a lost response, is stored once and does not fail", async ({
  organization,
}) => {
  const row = rowOf(organization);
  expect(await organization.events.write(row)).toBe("stored");
  expect(await organization.events.write(row)).toBe("replayed");
  expect(await stored(organization)).toEqual([row.id]);
});

test("a rejected event fails alone and is found among 400 others in few statements", async ({
  world,
  organization,
}) => {
  const writer = openWriter(world.databaseUrl);
  const hold = await holdEvents(world.databaseUrl);
  const rows = Array.from({ length: 400 }, (_, n) =>
    rowOf(organization, { event: anEvent({ version: n === 137 ? 3_000_000_000 : 1 }) }),
  );
  const results = writeAll(writer, rows);
  await hold.release();
  expect((await results).map((result) => result === "stored")).toEqual(rows.map((_, n) => n !== 137));
  expect((await results)[137]).toContain(
    'The database rejected a value of the event: value "3000000000" is out of range',
  );
  expect(writer.counted.statements).toBeLessThan(25);
  expect(await stored(organization)).toHaveLength(399);
  await writer.close();
});

test("a rejected value is invalid_input, and new events do not wait for the whole bisection", async ({
  world,
  organization,
}) => {
  const writer = openWriter(world.databaseUrl);
  const hold = await holdEvents(world.databaseUrl);
  // 20 events of this size fill a batch.
  const bad = anEvent({ version: 3_000_000_000, metadata: { text: "x".repeat(200_000) } });
  const failures: unknown[] = [];
  const rejections = Array.from({ length: 62 }, () =>
    writer.write(rowOf(organization, { event: bad })).catch((error: unknown) => failures.push(error)),
  );
  await hold.release();
  await expect.poll(() => writer.counted.statements).toBeGreaterThan(5);
  expect(await writer.write(rowOf(organization))).toBe("stored");
  expect(failures.length).toBeLessThan(20);
  await Promise.all(rejections);
  expect(failures).toHaveLength(62);
  for (const failure of failures) expect(failure).toMatchObject({ code: "invalid_input" });
  await writer.close();
});

test("a rejected value keeps the connection open, except inside a transaction", async ({ world }) => {
  const pool = openPool(world.databaseUrl, quiet, { connections: 1, connectTimeout: 10_000 });
  const session = async () => (await pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid", []))[0]?.pid;
  const first = await session();
  await expect(pool.query("SELECT $1::int", ["3000000000"])).rejects.toThrow("out of range");
  expect(await session()).toBe(first);
  await expect(pool.query("SELECT $1::int", ["3000000000"], { timeout: 1_000 })).rejects.toThrow("out of range");
  expect(await session()).not.toBe(first);
  await pool.close();
});

test("events wait together while the database is unavailable, and each is stored once", async ({
  world,
  organization,
}) => {
  const proxy = await startFaultyTcpProxy(world.databaseUrl);
  const writer = openWriter(proxy.url, { ...LIMITS, timeout: 60_000 });
  await writer.write(rowOf(organization));
  proxy.cut();
  const rows = Array.from({ length: 600 }, () => rowOf(organization));
  const results = writeAll(writer, rows);
  await expect.poll(() => writer.counted.statements).toBeGreaterThan(4);
  expect(writer.counted.statements).toBeLessThan(50);
  proxy.restore();
  expect(new Set(await results)).toEqual(new Set(["stored"]));
  expect(await stored(organization)).toEqual(expect.arrayContaining(rows.map(({ id }) => id)));
  expect(await stored(organization)).toHaveLength(601);
  await writer.close();
  await proxy.close();
});

test("events that waited too long fail as unavailable, with a time to retry", async ({ world, organization }) => {
  const proxy = await startFaultyTcpProxy(world.databaseUrl);
  const writer = openWriter(proxy.url, { ...LIMITS, timeout: 100 });
  proxy.cut();
  const rows = Array.from({ length: 1_200 }, () => rowOf(organization));
  for (const result of await Promise.allSettled(rows.map((row) => writer.write(row)))) {
    expect(result).toMatchObject({ reason: { code: "unavailable", details: { headers: { "retry-after": "1" } } } });
  }
  proxy.restore();
  // On a loaded machine, an event may wait too long once more.
  await expect.poll(() => writer.write(rowOf(organization)).catch(() => "failed")).toBe("stored");
  await writer.close();
  await proxy.close();
});

test("an event queued behind a statement without a response times out like one in it", async ({
  world,
  organization,
}) => {
  const proxy = await startFaultyTcpProxy(world.databaseUrl);
  const timeout = 1_000;
  const writer = openWriter(proxy.url, { ...LIMITS, timeout });
  await writer.write(rowOf(organization));
  proxy.silence();
  // A race of two timers in this process: on a slow machine both are late, in the same order.
  const write = () =>
    Promise.race([
      writer.write(rowOf(organization)).catch((error: unknown) => error),
      pause(1.9 * timeout, "still waiting"),
    ]);
  // One event for each connection, and one behind them.
  const first = [write(), write()];
  await expect.poll(() => writer.counted.statements).toBe(3);
  for (const result of await Promise.all([...first, write()])) expect(result).toMatchObject({ code: "unavailable" });
  await proxy.close();
  await writer.close();
});

test.for([
  ["events", { ...LIMITS, events: 30 }],
  ["bytes", { ...LIMITS, bytes: 30_000 }],
] as const)(
  "when too many %s wait, the next event is rejected and the waiting ones are stored",
  async ([, limits], { world, organization }) => {
    const writer = openWriter(world.databaseUrl, limits);
    const hold = await holdEvents(world.databaseUrl);
    const metadata = { text: "x".repeat(500) };
    const rows = Array.from({ length: 60 }, () => rowOf(organization, { event: anEvent({ metadata }) }));
    const results = writeAll(writer, rows);
    await expect(writer.write(rowOf(organization))).rejects.toMatchObject({ code: "unavailable" });
    await hold.release();
    const expected = rows.filter((_, n) => n < (limits.events === 30 ? 30 : 60));
    const outcomes = await results;
    const accepted = expected.filter((_, n) => outcomes[n] === "stored").map(({ id }) => id);
    expect(accepted.length).toBeGreaterThan(20);
    expect(accepted.length).toBeLessThan(40);
    expect(await stored(organization)).toEqual(accepted.toSorted());
    expect(await writer.write(rowOf(organization))).toBe("stored");
    await writer.close();
  },
);

test("events are stored even if a pooler switches the session behind a connection", async ({ world, organization }) => {
  const pool = openPool(world.databaseUrl, quiet, { connections: 1, connectTimeout: 10_000 });
  const writer = new BatchingEventWriter(pool, { log: quiet, metrics: createMetrics() });
  const rows = Array.from({ length: 3 }, () => rowOf(organization));
  const results = [];
  for (const [index, row] of rows.entries()) {
    // Another session does not know the connection's prepared statement, or already has one of that name.
    if (index === 0) await pool.query("PREPARE store_events AS SELECT 1", []);
    else await pool.query("DEALLOCATE ALL", []);
    results.push(await writer.write(row));
  }
  expect(results).toEqual(["stored", "stored", "stored"]);
  expect(await stored(organization)).toEqual(rows.map(({ id }) => id).toSorted());
  await pool.close();
});
