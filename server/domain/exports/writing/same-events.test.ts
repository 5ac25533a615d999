import Papa from "papaparse";
import { expect } from "vitest";
import { seededRandom } from "@/prisma/seed/random";
import { EVENT_FILTER_FIELDS, FILTER_FIELDS, type FilterField } from "@/schemas/events/event-filter-fields";
import { type EventFilters, eventFilters } from "@/schemas/events/event-filters";
import { countEvents } from "@/server/domain/events/count-events";
import { eventHistogram } from "@/server/domain/events/histogram/histogram";
import { listEvents } from "@/server/domain/events/list-events";
import { eventId } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { anEvent, createOrganization, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";

const COMBINATIONS = 500;
/** How many run at the same time: each export waits for open transactions. */
const PARALLEL = 8;

/** Texts that patterns, JSON, arrays or case conversion could misread. */
const ODD = ["100%_\\", '"q\'"', "{a,b}", "NULL", "\uffff", "👩‍💻", "İıIi", "ſßẞ", "\u0001\t\n", "ÀÉ", "ΌΠΟΥΛΟΣ"];

test("file, list, count, histogram and plain SQL agree on the events of any filters", async ({
  environment,
  organization,
}) => {
  const neighbor = await createOrganization(environment, "Neighbor");
  await seedEvents(organization, { count: 400, ...YEAR, seed: 1 });
  await seedEvents(neighbor, { count: 200, ...YEAR, seed: 2 });
  for (const scope of [organization, neighbor]) await storeEvents(scope, oddEvents());
  const random = seededRandom(20_261_001);
  const combinations = Array.from({ length: COMBINATIONS }, () => randomFilters(random));
  let found = 0;
  const work = combinations.entries();
  const checkInTurn = async () => {
    for (const [n, filters] of work) {
      const expected = await plainSql(organization, filters);
      const description = JSON.stringify(filters);
      if (expected.length > 0) found += 1;
      expect(await fileIds(organization, filters), description).toEqual(expected);
      expect((await walk(organization, filters)).toReversed(), description).toEqual(expected);
      expect(await countEvents(organization, filters), description).toEqual({ count: expected.length, capped: false });
      // The histogram is the slowest query and shares the count's conditions.
      if (n % 5 > 0) continue;
      const { buckets, capped } = await eventHistogram(organization, { filters, zone: "America/New_York" });
      expect([buckets.reduce((sum, { count }) => sum + count, 0), capped], description).toEqual([
        expected.length,
        false,
      ]);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, checkInTurn));
  expect(found).toBeGreaterThan(COMBINATIONS / 3);
}, 300_000);

/** Returns events with each odd text in each field that filters compare, with one to four targets. */
function oddEvents() {
  return ODD.flatMap((text, n) => [
    anEvent({ action: `odd.${text}`, actor: { id: text, type: "user", name: null, metadata: null } }),
    anEvent({ actor: { id: "user_1", type: text, name: null, metadata: null } }),
    anEvent({
      occurredAt: new Date(YEAR.from.getTime() + n * 20 * 86_400_000),
      actor: { id: "user_0", type: "user", name: text, metadata: null },
      targets: ["team", text, "user", "group"]
        .slice(0, 1 + (n % 4))
        .map((id) => ({ id, type: n % 2 === 0 ? text : id, name: n % 3 === 0 ? `x${text}y` : null, metadata: null })),
    }),
  ]);
}

/** Returns the matching IDs in the file's order, by the plainest SQL for the filters. */
async function plainSql(scope: OrganizationScope, filters: EventFilters): Promise<string[]> {
  const values: unknown[] = [scope.organization.pk, filters.from, filters.to, filters.search];
  const conditions = FILTER_FIELDS.flatMap((field) => {
    const wanted = `$${values.push(filters[field])}::text[]`;
    const excluded = `$${values.push(filters.exclude[field])}::text[]`;
    return [`(cardinality(${wanted}) = 0 OR ${hasValue(field, wanted)})`, `(${hasValue(field, excluded)}) IS NOT TRUE`];
  });
  const has = (expression: string) => `strpos(${plainFold(expression)}, ${plainFold("$4")}) > 0`;
  const rows = await scope.db.query<{ id: string }>(
    `SELECT id FROM log.event WHERE organization_pk = $1
       AND (occurred_at = $2 OR (occurred_at > $2 AND occurred_at < $3)) AND ${conditions.join(" AND ")}
       AND ($4 = '' OR ${has("action")} OR ${has("actor_id")} OR ${has("coalesce(actor_name, '')")} OR EXISTS (
         SELECT FROM json_array_elements(targets) t WHERE ${has("t->>'id'")} OR ${has("t->>'type'")} OR ${has("t->>'name'")}))
     ORDER BY occurred_at, id`,
    values,
  );
  return rows.map((row) => eventId(row.id));
}

/** Returns text without differences in case and composition, in one go. */
function plainFold(expression: string): string {
  const lower = `lower(normalize(${expression}::text))`;
  return `translate(replace(replace(${lower}, 'ß', 'ss'), U&'i\\0307', 'i'), 'ςſıϐϑϕϖϰϱϵẛ', 'σsiβθφπκρεṡ')`;
}

/** Returns the SQL condition that a row has one of the values in this field, without the columns made for filters. */
function hasValue(field: FilterField, values: string): string {
  const path = EVENT_FILTER_FIELDS[field].value;
  const [owner, property] = path.split(".");
  if (owner !== "target") return `${path.replace(".", "_")} = ANY(${values})`;
  return `EXISTS (SELECT FROM json_array_elements(targets) t WHERE t->>'${property}' = ANY(${values}))`;
}

async function fileIds(scope: OrganizationScope, filters: EventFilters): Promise<string[]> {
  const file = await runExport(scope, await request(scope, filters), { rows: 150, bytes: 100_000 });
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
  const one = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)];
  const some = (share: number, values: readonly string[]) =>
    random() < share ? values.filter(() => random() < 2 / values.length) : [];
  const numbers = Array.from({ length: 40 }, (_, n) => n * 7);
  const types = ["account", "document", "folder", "group", "team", "user", "workspace", "unheard of"];
  const actions = [
    "user.created",
    "document.deleted",
    "team.created",
    "invoice.created",
    "project.viewed",
    "nothing.ever",
  ];
  const values: Record<FilterField, string[]> = {
    actions: [...actions, ...ODD.map((text) => `odd.${text}`)],
    actorIds: [...numbers.map((n) => `user_${n}`), "user_0", "user_1", "user_2", ...ODD],
    actorNames: [...numbers.map((n) => `Person ${n}`), "Person 0", "Person 1", ...ODD],
    actorTypes: ["user", "api_key", "system", "unheard of", ...ODD],
    targetTypes: [...types, ...ODD],
    targetIds: [...types, ...numbers.flatMap((n) => [`team_${n}`, `user_${n}`]), ...ODD],
  };
  const each = (share: number) => Object.fromEntries(FILTER_FIELDS.map((field) => [field, some(share, values[field])]));
  const start = YEAR.from.getTime() + random() * 200 * 86_400_000;
  const length = [0, 1, 86_400_000, 100 * 86_400_000, 400 * 86_400_000][Math.floor(random() * 5)] ?? 0;
  const ranges = [
    YEAR,
    YEAR,
    YEAR,
    YEAR,
    YEAR,
    YEAR,
    YEAR,
    { from: new Date("0001-01-01"), to: new Date("9999-12-31") },
  ];
  const part = { from: new Date(start), to: new Date(start + length) };
  const searches = [
    "CREATED",
    "person 1",
    " user_7 ",
    "the team",
    "team_",
    "zebra",
    "metadata",
    '"',
    "\\",
    "%",
    "i",
    "I",
    "όπουλος",
    "SSS",
    "a\u0300e\u0301",
    ...ODD,
  ];
  return eventFilters.parse({
    ...(random() < 0.7 ? one(ranges) : part),
    ...each(random() < 0.7 ? 0.15 : 0.5),
    exclude: each(random() < 0.7 ? 0.1 : 0.4),
    search: random() < 0.4 ? one(searches) : "",
  });
}
