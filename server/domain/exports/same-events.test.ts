import Papa from "papaparse";
import { expect } from "vitest";
import { type EventFilters, eventFilters } from "@/schemas/event-filters";
import { countEvents } from "@/server/domain/events/count-events";
import { listEvents } from "@/server/domain/events/list-events";
import { eventId } from "@/server/ids";
import type { OrganizationScope } from "@/server/services";
import { createOrganization, seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";

const COMBINATIONS = 100;

test("the file, the list, the count and plain SQL agree on the events, for any filters", async ({
  environment,
  organization,
}) => {
  const neighbour = await createOrganization(environment, "Neighbour");
  await seedEvents(organization, { count: 1500, ...YEAR, seed: 1 });
  await seedEvents(neighbour, { count: 200, ...YEAR, seed: 2 });
  const random = randomNumbers(20_261_001);
  let found = 0;
  for (let n = 0; n < COMBINATIONS; n += 1) {
    const filters = randomFilters(random);
    const expected = await plainSql(organization, filters);
    const said = JSON.stringify(filters);
    if (expected.length > 0) found += 1;
    expect(await fileIds(organization, filters), said).toEqual(expected);
    expect((await walk(organization, filters)).toReversed(), said).toEqual(expected);
    expect(await countEvents(organization, filters), said).toEqual({ count: expected.length, capped: false });
  }
  expect(found).toBeGreaterThan(COMBINATIONS / 3);
}, 300_000);

/** The wanted ids in the file's order, by the filters' meaning and nothing clever. */
async function plainSql(scope: OrganizationScope, filters: EventFilters): Promise<string[]> {
  const rows = await scope.db.query<{ id: string }>(
    `SELECT id FROM log.event WHERE organization_pk = $1
       AND (occurred_at = $2 OR (occurred_at > $2 AND occurred_at < $3))
       AND (cardinality($4::text[]) = 0 OR action = ANY($4)) AND (cardinality($5::text[]) = 0 OR actor_id = ANY($5))
       AND (cardinality($6::text[]) = 0 OR actor_name = ANY($6)) AND (cardinality($7::text[]) = 0 OR target_types && $7)
     ORDER BY occurred_at, id`,
    [
      scope.organization.pk,
      filters.from,
      filters.to,
      filters.actions,
      filters.actorIds,
      filters.actorNames,
      filters.targetTypes,
    ],
  );
  return rows.map((row) => eventId(row.id));
}

async function fileIds(scope: OrganizationScope, filters: EventFilters): Promise<string[]> {
  const file = await runExport(scope, await request(scope, filters), { pageRows: 70, bytes: 20_000 });
  const parsed = Papa.parse<{ id: string }>(file.toString("utf8"), { header: true, skipEmptyLines: true });
  return parsed.data.map((row) => row.id);
}

async function walk(scope: OrganizationScope, filters: EventFilters): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listEvents(scope, { filters, cursor, limit: 100 });
    ids.push(...page.items.map((event) => event.id));
    cursor = page.next;
  }
  return ids;
}

function randomFilters(random: () => number): EventFilters {
  const some = (values: readonly string[]) => (random() < 0.5 ? [] : values.filter(() => random() < 2 / values.length));
  const numbers = Array.from({ length: 40 }, (_, n) => n * 7);
  const start = YEAR.from.getTime() + random() * 200 * 86_400_000;
  const length = [0, 1, 86_400_000, 100 * 86_400_000, 400 * 86_400_000][Math.floor(random() * 5)] ?? 0;
  const wide = random() < 0.6;
  return eventFilters.parse({
    from: wide ? YEAR.from : new Date(start),
    to: wide ? YEAR.to : new Date(start + length),
    actions: some([
      "user.created",
      "document.deleted",
      "team.created",
      "invoice.created",
      "project.viewed",
      "nothing.ever",
    ]),
    actorIds: some([...numbers.map((n) => `user_${n}`), "user_0", "user_1", "user_2"]),
    actorNames: some([...numbers.map((n) => `Person ${n}`), "Person 0", "Person 1"]),
    targetTypes: some(["account", "document", "folder", "group", "team", "user", "workspace", "unheard of"]),
  });
}

/** The same sequence for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
