import { expect } from "vitest";
import { newEventUuid } from "@/server/kernel/ids";
import type { EventRow, EventWriter } from "@/server/kernel/ports/event-writer";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { holdEvents } from "@/server/testing/hold-events";
import { startUnreliableProxy } from "@/server/testing/faulty-tcp-proxy";
import { createMetrics } from "@/server/infra/metrics";
import { createEventWriter, openWritingPool } from "./event-writer";
import { openPool } from "@/server/infra/postgres/pool";

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const LIMITS = { events: 20_000, bytes: 64_000_000, patience: 10_000 };

function rowOf({ environment, organization, now }: OrganizationScope, given: Partial<EventRow> = {}): EventRow {
  const pks = { environmentPk: environment.pk, organizationPk: organization.pk };
  return { id: newEventUuid(now()), ...pks, event: anEvent(), idempotencyKey: null, ...given };
}

/** A writer with connections of its own, whose statements are counted. */
function openWriter(url: string, limits = LIMITS) {
  const pool = openWritingPool(url, quiet);
  const counted = { statements: 0 };
  const query: typeof pool.query = (...parameters) => {
    counted.statements += 1;
    return pool.query(...parameters);
  };
  return {
    ...createEventWriter({ query }, { log: quiet, metrics: createMetrics() }, limits),
    counted,
    close: () => pool.close(),
  };
}

/** Writes them all at once; answers what became of each. */
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

test("a row that is written again, as after a commit whose answer was lost, is there once and no failure", async ({
  organization,
}) => {
  const row = rowOf(organization);
  expect(await organization.events.write(row)).toBe("stored");
  expect(await organization.events.write(row)).toBe("replayed");
  expect(await stored(organization)).toEqual([row.id]);
});

test("an event that the database refuses fails alone, and is found among 400 neighbours in few statements", async ({
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
  expect((await results)[137]).toContain('The event cannot be stored as it is: value "3000000000" is out of range');
  expect(writer.counted.statements).toBeLessThan(25);
  expect(await stored(organization)).toHaveLength(399);
  await writer.close();
});

test("what the database refuses is the sender's mistake, and events that come meanwhile need not wait for all of it", async ({
  world,
  organization,
}) => {
  const writer = openWriter(world.databaseUrl);
  const hold = await holdEvents(world.databaseUrl);
  // So large that 20 make a batch.
  const bad = anEvent({ version: 3_000_000_000, metadata: { text: "x".repeat(200_000) } });
  const failures: unknown[] = [];
  const refused = Array.from({ length: 62 }, () =>
    writer.write(rowOf(organization, { event: bad })).catch((error: unknown) => failures.push(error)),
  );
  await hold.release();
  await expect.poll(() => writer.counted.statements).toBeGreaterThan(5);
  expect(await writer.write(rowOf(organization))).toBe("stored");
  expect(failures.length).toBeLessThan(20);
  await Promise.all(refused);
  expect(failures).toHaveLength(62);
  for (const failure of failures) expect(failure).toMatchObject({ code: "invalid_input" });
  await writer.close();
});

test("a connection outlives a value that the database refuses, but not in the middle of a transaction", async ({
  world,
}) => {
  const pool = openPool(world.databaseUrl, quiet, { connections: 1, connectWithin: 10_000 });
  const session = async () => (await pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid", []))[0]?.pid;
  const first = await session();
  await expect(pool.query("SELECT $1::int", ["3000000000"])).rejects.toThrow("out of range");
  expect(await session()).toBe(first);
  await expect(pool.query("SELECT $1::int", ["3000000000"], { timeout: 1_000 })).rejects.toThrow("out of range");
  expect(await session()).not.toBe(first);
  await pool.close();
});

test("while the database is away events wait for it together, and each is stored once", async ({
  world,
  organization,
}) => {
  const proxy = await startUnreliableProxy(world.databaseUrl);
  const writer = openWriter(proxy.url, { ...LIMITS, patience: 60_000 });
  await writer.write(rowOf(organization));
  proxy.cut();
  const rows = Array.from({ length: 600 }, () => rowOf(organization));
  const results = writeAll(writer, rows);
  await expect.poll(() => writer.counted.statements).toBeGreaterThan(4);
  expect(writer.counted.statements).toBeLessThan(50);
  proxy.mend();
  expect(new Set(await results)).toEqual(new Set(["stored"]));
  expect(await stored(organization)).toEqual(expect.arrayContaining(rows.map(({ id }) => id)));
  expect(await stored(organization)).toHaveLength(601);
  await writer.close();
  await proxy.close();
});

test("events that waited too long for the database are refused as unavailable, with a time to come back", async ({
  world,
  organization,
}) => {
  const proxy = await startUnreliableProxy(world.databaseUrl);
  const writer = openWriter(proxy.url, { ...LIMITS, patience: 100 });
  proxy.cut();
  const rows = Array.from({ length: 1_200 }, () => rowOf(organization));
  for (const result of await Promise.allSettled(rows.map((row) => writer.write(row)))) {
    expect(result).toMatchObject({ reason: { code: "unavailable", details: { headers: { "retry-after": "1" } } } });
  }
  proxy.mend();
  expect(await writer.write(rowOf(organization))).toBe("stored");
  await writer.close();
  await proxy.close();
});

test("an event that comes behind a statement that is never answered waits no longer than one in it", async ({
  world,
  organization,
}) => {
  const proxy = await startUnreliableProxy(world.databaseUrl);
  const patience = 1_000;
  const writer = openWriter(proxy.url, { ...LIMITS, patience });
  await writer.write(rowOf(organization));
  proxy.silence();
  const waited = async () => {
    const since = performance.now();
    await expect(writer.write(rowOf(organization))).rejects.toMatchObject({ code: "unavailable" });
    return performance.now() - since;
  };
  // One for each connection, and one behind them.
  const first = [waited(), waited()];
  await expect.poll(() => writer.counted.statements).toBe(3);
  for (const time of await Promise.all([...first, waited()])) expect(time).toBeLessThan(1.9 * patience);
  await proxy.close();
  await writer.close();
});

test.for([
  ["events", { ...LIMITS, events: 30 }],
  ["bytes", { ...LIMITS, bytes: 30_000 }],
] as const)(
  "beyond so many %s that wait, the next is refused, and those that wait are stored",
  async ([, limits], { world, organization }) => {
    const writer = openWriter(world.databaseUrl, limits);
    const hold = await holdEvents(world.databaseUrl);
    const metadata = { text: "x".repeat(500) };
    const rows = Array.from({ length: 60 }, () => rowOf(organization, { event: anEvent({ metadata }) }));
    const results = writeAll(writer, rows);
    await expect(writer.write(rowOf(organization))).rejects.toMatchObject({ code: "unavailable" });
    await hold.release();
    const taken = rows.filter((_, n) => n < (limits.events === 30 ? 30 : 60));
    const answers = await results;
    const accepted = taken.filter((_, n) => answers[n] === "stored").map(({ id }) => id);
    expect(accepted.length).toBeGreaterThan(20);
    expect(accepted.length).toBeLessThan(40);
    expect(await stored(organization)).toEqual(accepted.toSorted());
    expect(await writer.write(rowOf(organization))).toBe("stored");
    await writer.close();
  },
);

test("events are stored on a connection behind which a pooler has put another session", async ({
  world,
  organization,
}) => {
  const pool = openPool(world.databaseUrl, quiet, { connections: 1, connectWithin: 10_000 });
  const writer = createEventWriter(pool, { log: quiet, metrics: createMetrics() });
  const rows = Array.from({ length: 3 }, () => rowOf(organization));
  const results = [];
  for (const [index, row] of rows.entries()) {
    // To the connection, another session is one that has not heard of its statements, or has one of that name already.
    if (index === 0) await pool.query("PREPARE store_events AS SELECT 1", []);
    else await pool.query("DEALLOCATE ALL", []);
    results.push(await writer.write(row));
  }
  expect(results).toEqual(["stored", "stored", "stored"]);
  expect(await stored(organization)).toEqual(rows.map(({ id }) => id).toSorted());
  await pool.close();
});
