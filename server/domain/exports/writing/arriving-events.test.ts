import { setImmediate as turn } from "node:timers/promises";
import Papa from "papaparse";
import { expect } from "vitest";
import { eventId } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";

const PER_SECOND = 2_000;
const DAY = 86_400_000;

/** Stores events at this pace until aborted, every other one backdated. Returns how many. */
async function keepArriving(scope: OrganizationScope, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  let stored = 0;
  while (!signal.aborted) {
    const due = Math.floor(((performance.now() - started) / 1000) * PER_SECOND) - stored;
    const events = Array.from({ length: Math.min(due, PER_SECOND / 10) }, (_, n) =>
      anEvent({
        occurredAt: n % 2 === 0 ? new Date() : new Date(YEAR.from.getTime() + ((stored + n) % 300) * DAY),
      }),
    );
    await storeEvents(scope, events);
    stored += events.length;
    await turn();
  }
  return stored;
}

test("while 2,000 events arrive per second, the file is the snapshot at its cut-off", async ({ organization }) => {
  await seedEvents(organization, { count: 10_000, ...YEAR, seed: 10 });
  const stop = new AbortController();
  const arriving = keepArriving(organization, stop.signal);
  await expect.poll(() => countOf(organization), { interval: 20 }).toBeGreaterThan(10_500);
  const id = await request(organization);
  const file = await runExport(organization, id, { rows: 100, bytes: 500_000 });
  stop.abort();
  const stored = await arriving;

  const { data } = Papa.parse<{ id: string }>(file.toString("utf8"), {
    header: true,
    skipEmptyLines: true,
    newline: "\r\n",
  });
  expect(data.map((row) => row.id)).toEqual(await snapshot(organization, id));
  expect(data.length).toBeGreaterThan(10_500);
  expect(data.length).toBeLessThan(10_000 + stored);
});

async function countOf({ db, organization }: OrganizationScope): Promise<number> {
  const count = "SELECT count(*)::int AS count FROM log.event WHERE organization_pk = $1";
  return (await db.query<{ count: number }>(count, [organization.pk]))[0]?.count ?? 0;
}

/** Returns the IDs of all events before the cut-off, by plain SQL in the file's order. */
async function snapshot({ db, organization }: OrganizationScope, exportId: string): Promise<string[]> {
  const rows = await db.query<{ uuid: string }>(
    `SELECT e.id AS uuid FROM log.event e JOIN audit_log_export x ON x.id = $2
     WHERE e.organization_pk = $1 AND e.received_at < x.cut_off AND e.occurred_at >= $3::timestamptz AND e.occurred_at < $4::timestamptz
     ORDER BY e.occurred_at, e.id`,
    [organization.pk, exportId, YEAR.from.toISOString(), YEAR.to.toISOString()],
  );
  return rows.map(({ uuid }) => eventId(uuid));
}
