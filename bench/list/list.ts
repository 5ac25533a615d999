import { seedBench, vacuumAndCheckpoint, type BenchData } from "@/bench/seed";
import { readOptions } from "@/bench/options";
import { milliseconds, percentiles, printMachine } from "@/bench/report";
import { withBenchDatabase, type BenchDatabase } from "@/bench/bench-database";
import { KEY_SCOPES } from "@/schemas/api-keys/api-key";
import { FILTER_FIELDS } from "@/schemas/events/event-filter-fields";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { EVENT_COLUMNS } from "@/server/domain/events/query/event-row";
import { FILTER_COLUMNS } from "@/server/domain/events/query/filter-columns";
import type { Database } from "@/server/kernel/ports/database";
import { appRouter } from "@/server/trpc/root";

const REPETITIONS = 100;
const PLAIN = `SELECT ${EVENT_COLUMNS} FROM log.event e WHERE e.organization_pk = $1 ORDER BY e.occurred_at DESC, e.id DESC LIMIT 50`;
const options = readOptions();

await withBenchDatabase(async (bench) => {
  console.log(`seeding ${options.rows} events of one organization and as many of 999 others`);
  const data = await seedBench(bench, options.rows);
  await addDisjointEvents(bench, data);
  await printMachine(bench.sql);
  console.log(
    "plain: the 50 newest through the index alone. Targets for one filter: p95 < 10 ms in the database, < 30 ms through tRPC",
  );
  for (const [name, filters] of await queries(bench, data)) await measure(data, name, filters);
  console.log(`peak RSS of this process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  await data.close();
});

type Filters = Omit<EventFiltersInput, "from" | "to">;

/** Gives one sixteenth of the events a new action and another sixteenth a new actor, so that no event has both. */
async function addDisjointEvents({ sql }: BenchDatabase, { organization }: BenchData): Promise<void> {
  const { pk } = organization.organization;
  const sixteenth = (digit: string) => `WHERE organization_pk = ${pk} AND left(id::text, 1) = '${digit}'`;
  await sql.query(`UPDATE log.event SET action = 'robot.pinged' ${sixteenth("0")}`);
  await sql.query(`UPDATE log.event SET actor_id = 'robot' ${sixteenth("1")}`);
  await vacuumAndCheckpoint(sql);
}

async function queries({ sql }: BenchDatabase, { organization }: BenchData): Promise<[string, Filters][]> {
  const byCount = async (column: string) => {
    const { rows } = await sql.query<{ value: string }>(
      `SELECT ${column} AS value FROM log.event e WHERE e.organization_pk = $1 AND ${column} IS NOT NULL
         AND e.action <> 'robot.pinged' AND e.actor_id <> 'robot' GROUP BY 1 ORDER BY count(*) DESC, 1`,
      [organization.organization.pk],
    );
    return rows.map(({ value }) => value);
  };
  const single: [string, Filters][] = [];
  const frequent: Filters = {};
  const rare: Filters = {};
  for (const field of FILTER_FIELDS) {
    const { kind, column } = FILTER_COLUMNS[field];
    const values = await byCount(kind === "array" ? `${column}[1]` : column);
    const wanted = (part: string[]): Filters => ({ [field]: part });
    Object.assign(frequent, wanted(values.slice(0, 1)));
    Object.assign(rare, wanted(values.slice(-1)));
    single.push([`${field}, the most frequent`, wanted(values.slice(0, 1))]);
    single.push([`${field}, the rarest`, wanted(values.slice(-1))]);
    single.push([`${field}, five values`, wanted(values.slice(0, 5))]);
  }
  const { actions = [], actorIds = [], actorNames = [], targetTypes = [], targetIds = [] } = frequent;
  return [
    ["no filter", {}],
    ...single,
    ["action and target type", { actions, targetTypes }],
    ["action and actor", { actions, actorIds }],
    ["actor name and target type", { actorNames, targetTypes }],
    ["action and the rarest actor", { actions, actorIds: rare.actorIds ?? [] }],
    ["all four", { actions, actorIds, actorNames, targetTypes }],
    ["action and target ID", { actions, targetIds }],
    ["one action excluded", { exclude: { actions } }],
    ["an actor's events, all excluded", { actorIds: ["robot"], exclude: { actorIds: ["robot"] } }],
    ["a frequent text", { search: "team" }],
    ["a text without a match", { search: "nowhere to be found" }],
    ["two frequent filters without a common event", { actions: ["robot.pinged"], actorIds: ["robot"] }],
  ];
}

/** Measures all variants in turn, so that other load on the machine affects all of them. */
async function measure({ organization, range }: BenchData, name: string, wanted: Filters): Promise<void> {
  let inDatabase = 0;
  const db: Database = {
    ...organization.db,
    async query(...asked) {
      const started = performance.now();
      try {
        return await organization.db.query(...asked);
      } finally {
        inDatabase += performance.now() - started;
      }
    },
  };
  const scope = { ...organization, db };
  const caller = appRouter.createCaller({
    services: scope,
    caller: { kind: "api_key", scope: { ...scope, keyScopes: new Set(KEY_SCOPES) } },
    requestId: "bench",
    address: "bench",
  });
  const input = { organizationId: organization.organization.id, filters: { ...range, ...wanted } };
  const times = {
    plain: [] as number[],
    database: [] as number[],
    list: [] as number[],
    count: [] as number[],
    histogram: [] as number[],
  };
  for (let repetition = -5; repetition < REPETITIONS; repetition += 1) {
    const plain = await timed(() => organization.db.query(PLAIN, [organization.organization.pk], { timeout: 5_000 }));
    inDatabase = 0;
    const list = await timed(() => caller.events.list({ ...input, limit: 50 }));
    const database = inDatabase;
    // The first repetitions warm up connections and caches.
    if (repetition < 0) continue;
    times.plain.push(plain);
    times.database.push(database);
    times.list.push(list);
    if (repetition % 5 > 0) continue;
    times.count.push(await timed(() => caller.events.count(input)));
    times.histogram.push(await timed(() => caller.events.histogram({ ...input, zone: "Europe/Berlin" })));
  }
  const [plain, database, list] = [percentiles(times.plain), percentiles(times.database), percentiles(times.list)];
  const toPlain = (all: readonly number[]) => (percentiles(all).p50 / plain.p50).toFixed(1);
  console.log(
    `${name.padEnd(38)} ${milliseconds(database)}; ${toPlain(times.database)} times plain (p95 ${plain.p95.toFixed(1)} ms); ` +
      `through tRPC ${milliseconds(list)}; ` +
      `count ${toPlain(times.count)} and histogram ${toPlain(times.histogram)} times plain, p95 ` +
      `${percentiles(times.count).p95.toFixed(0)} and ${percentiles(times.histogram).p95.toFixed(0)} ms`,
  );
}

/** Milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
