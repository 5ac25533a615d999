import pg from "pg";
import { expect } from "vitest";
import { eventFilters, type EventFiltersInput } from "@/schemas/events/event-filters";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { YEAR } from "@/server/testing/run-export";
import { countEvents } from "./count-events";
import { eventHistogram } from "@/server/domain/events/histogram/histogram";
import { listFilterValues } from "./list-filter-values";
import { listEvents, listEventsBothWays } from "./list-events";

const all = (filters: Partial<EventFiltersInput> = {}) => eventFilters.parse({ ...YEAR, ...filters });
const EVENTS = 45_000;
/** The oldest event. Only a search finds it. */
const needle = anEvent({
  action: "robot.pinged",
  occurredAt: new Date("2026-01-01T00:00:00.000Z"),
  actor: { id: "robot", type: "robot", name: null, metadata: null },
  targets: [{ id: "needle_1", type: "needle", name: "The NEEDLE", metadata: null }],
});

/** Stores events of which half have one action and the other half one actor. Only the oldest has both. Returns its ID. */
async function storeHalves(organization: OrganizationScope): Promise<string> {
  await seedEvents(organization, { count: EVENTS, ...YEAR, seed: 7 });
  await organization.db.query(
    `UPDATE log.event SET action = CASE WHEN half THEN 'robot.pinged' ELSE action END, actor_id = CASE WHEN half THEN actor_id ELSE 'robot' END
     FROM (SELECT id AS wanted, left(id::text, 1) < '8' AS half FROM log.event WHERE organization_pk = $1) AS halves
     WHERE id = wanted AND organization_pk = $1`,
    [organization.organization.pk],
  );
  await organization.db.query("ANALYZE log.event", []);
  const [id = ""] = await storeEvents(organization, [needle]);
  return id;
}

interface PlanNode {
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly Plans?: readonly PlanNode[];
}

function rowsRead(node: PlanNode): number {
  const below = (node.Plans ?? []).map(rowsRead).reduce((sum, rows) => sum + rows, 0);
  if (node["Relation Name"] === undefined) return below;
  const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  return below + (node["Actual Rows"] + removed) * node["Actual Loops"];
}

/** Counts the rows that the statements of `work` read, according to PostgreSQL. */
async function rowsReadBy(scope: OrganizationScope, work: (scope: OrganizationScope) => Promise<unknown>) {
  let rows = 0;
  const db: OrganizationScope["db"] = {
    ...scope.db,
    async query(statement, values, options) {
      const plan = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${statement}`;
      const [{ "QUERY PLAN": text } = { "QUERY PLAN": "[]" }] = await scope.db.query<{ "QUERY PLAN": string }>(
        plan,
        values,
      );
      const [{ Plan }] = JSON.parse(text) as [{ Plan: PlanNode }];
      rows += rowsRead(Plan);
      return scope.db.query(statement, values, options);
    },
  };
  await work({ ...scope, db });
  return rows;
}

test("a search for rare matches reads a bounded number of rows per page and finds every event", async ({
  organization,
}) => {
  const id = await storeHalves(organization);
  const searches: Record<string, Partial<EventFiltersInput>> = {
    "two frequent filters": { actions: ["robot.pinged"], actorIds: ["robot"] },
    "all but one excluded": { exclude: { actions: ["robot.pinged"], actorIds: ["robot"] }, search: "needle" },
    "a rare search": { search: "needle" },
    "a search with frequent filters": {
      search: "the needle",
      targetTypes: ["needle", "team"],
      actions: ["robot.pinged"],
    },
    "a rare id": { targetIds: ["needle_1"], exclude: { actorNames: ["Nobody"] } },
    "a rare type": { targetTypes: ["needle"] },
    "a rare type without an index": { actorTypes: ["robot"] },
  };
  for (const [name, given] of Object.entries(searches)) {
    const filters = all(given);
    const found: string[] = [];
    let pages = 0;
    for (let cursor: string | null = null, end = false; !end; pages += 1) {
      let page: Awaited<ReturnType<typeof listEvents>> | undefined;
      const from: string | null = cursor;
      const rows = await rowsReadBy(organization, async (scope) => {
        page = await listEvents(scope, { filters, cursor: from, limit: 50 });
      });
      expect(rows, name).toBeLessThan(35_000);
      found.push(...(page?.items ?? []).map((event) => event.id));
      // Every short page except the last one says where its scan stopped.
      expect(page?.searched === null, name).toBe(page?.next === null);
      cursor = page?.next ?? null;
      end = cursor === null;
    }
    expect(found, name).toEqual(name === "all but one excluded" ? [] : [id]);
    expect(pages, name).toBeLessThanOrEqual(5);
    expect(await rowsReadBy(organization, (scope) => countEvents(scope, filters)), name).toBeLessThan(80_000);
    const histogram = (scope: OrganizationScope) => eventHistogram(scope, { filters, zone: "UTC" });
    expect(await rowsReadBy(organization, histogram), name).toBeLessThan(80_000);
  }
  expect(await listEvents(organization, { filters: all({ search: "needle" }), limit: 50 })).toMatchObject({
    items: [],
    searched: { until: expect.any(Date), events: 20_000 },
  });
  expect(await countEvents(organization, all({ search: "needle" }))).toEqual({ count: 0, capped: true });

  const menu = (scope: OrganizationScope) => listFilterValues(scope, "actorTypes", { search: "robot", limit: 50 });
  expect(await rowsReadBy(organization, menu)).toBeLessThan(15_000);

  // Pages with cursors in both directions are bounded, too.
  const filters = all({ search: "needle" });
  for (const order of ["asc", "desc", "normal"] as const) {
    const onwards = order === "normal" ? "before" : "after";
    const seen: string[] = [];
    for (let cursor: string | null = null, end = false; !end;) {
      const request = { filters, order, before: null, after: null, limit: 5, [onwards]: cursor };
      const page = await listEventsBothWays(organization, request, 1);
      seen.push(...page.items.map((event) => event.id));
      cursor = page[onwards];
      end = cursor === null;
    }
    expect(seen, order).toEqual([id]);
  }
  const whole = await listEventsBothWays(organization, { filters, order: "desc", before: null, after: null, limit: 5 });
  expect(whole).toMatchObject({ items: [{ id }], after: null, before: null });
}, 120_000);

test("a list, a count, a histogram and a menu time out with an error", async ({ organization, world }) => {
  await storeEvents(organization, [anEvent()]);
  const lock = new pg.Client({ connectionString: world.databaseUrl });
  await lock.connect();
  await lock.query("BEGIN; LOCK TABLE log.event IN ACCESS EXCLUSIVE MODE");
  const filters = all({ search: "x" });
  const asked = await Promise.allSettled([
    listEvents(organization, { filters, limit: 5 }),
    countEvents(organization, filters),
    eventHistogram(organization, { filters, zone: "UTC" }),
    listFilterValues(organization, "targetIds", { limit: 5 }),
  ]);
  await lock.end();
  for (const each of asked) expect(each).toMatchObject({ status: "rejected", reason: { code: "unavailable" } });
  expect((await listEvents(organization, { filters: all(), limit: 5 })).items).toHaveLength(1);
});
