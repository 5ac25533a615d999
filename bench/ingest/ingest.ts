import { type BenchData, seedBench } from "@/bench/seed";
import { readOptions } from "@/bench/options";
import { compile, start, versionOf } from "@/bench/processes";
import { environmentFor } from "@/bench/process-environment";
import { loadAverage, median, milliseconds, printMachine, ratioLine } from "@/bench/report";
import { withBenchDatabase, type BenchDatabase } from "@/bench/bench-database";
import { copyIn, insertByNode, insertByPgbench, type Pks } from "./baselines";
import type { Load, Outcome } from "./load-types";

const options = readOptions();
const SINGLE = { connections: 64, batch: 1 };
const BATCHES = { connections: 8, batch: 100 };

/** An outcome with the web process's CPU time per event. */
interface MeasuredOutcome extends Outcome {
  readonly microseconds: number;
}

await withBenchDatabase(async (bench) => {
  console.log(`seeding ${options.rows} events of one organization and as many of 999 others`);
  const data = await seedBench(bench, options.rows);
  await printMachine(bench.sql);
  await compare(bench, data);
  await data.close();
});

async function compare(bench: BenchDatabase, data: BenchData): Promise<void> {
  const pgbench = await versionOf("pgbench");
  console.log(
    `baseline: ${pgbench ?? "16 pg connections of Node, because pgbench is missing"}; COPY from a file on the server`,
  );
  const insert = pgbench === null ? insertByNode : insertByPgbench;
  const organizations = data.organizations.slice(0, options.organizations);
  const pks: Pks = {
    environment: data.organization.environment.pk,
    firstOrganization: Math.min(...organizations.map(({ pk }) => pk)),
    lastOrganization: Math.max(...organizations.map(({ pk }) => pk)),
  };

  const [script, senders] = await Promise.all([compile("bench/ingest/server.ts"), compile("bench/ingest/load.ts")]);
  const env = environmentFor(bench);
  const server = start(script, { env, ...(options.profile && { profile: options.profile }) });
  // The server's first message contains its port.
  const { port } = (await server.message()) as { port: number };
  const organizationIds = organizations.map(({ id }) => id);
  const send = async (
    given: Pick<Load, "connections" | "batch">,
    seconds = options.seconds,
  ): Promise<MeasuredOutcome> => {
    await bench.sql.query("CHECKPOINT");
    const before = await server.processorSeconds();
    const load: Load = { port, secret: data.secret, organizationIds, seconds, ...given };
    const sender = start(senders, { args: [JSON.stringify(load)] });
    const outcome = (await sender.message()) as Outcome;
    await sender.stop();
    const microseconds = (((await server.processorSeconds()) - before) * 1e6) / outcome.events;
    return { ...outcome, microseconds };
  };

  const warmUp = [await send(SINGLE, 2), await send(BATCHES, 2)];
  const rounds = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    await bench.sql.query("CHECKPOINT");
    const inserted = await insert(bench, pks, options.seconds);
    const single = await send(SINGLE);
    const batches = await send(BATCHES);
    await bench.sql.query("CHECKPOINT");
    const copied = await copyIn(bench, pks);
    rounds.push({ inserted, single, batches, copied });
    console.log(
      `round ${round}, load average ${loadAverage()}: INSERT ${inserted.toFixed(0)}/s, one per request ${single.perSecond.toFixed(0)}/s ` +
        `(${milliseconds(single.latency)}; senders used ${single.cores.toFixed(2)} cores), batches ${batches.perSecond.toFixed(0)}/s ` +
        `(${milliseconds(batches.latency)}), COPY ${copied.toFixed(0)}/s; CPU time of the web process: ` +
        `${single.microseconds.toFixed(0)} µs per single event, ${batches.microseconds.toFixed(0)} µs per event in a batch`,
    );
  }
  await requireAllStored(bench, [...warmUp, ...rounds.flatMap(({ single, batches }) => [single, batches])]);
  await server.stop();

  const singles = rounds.map((round) => round.single);
  const rates = (outcomes: readonly Outcome[]) => outcomes.map(({ perSecond }) => perSecond);
  const inserted = rounds.map((round) => round.inserted);
  console.log();
  console.log(ratioLine("one event per request / bare INSERT", rates(singles), inserted, "≥ 0.85"));
  console.log(`  p99 ${median(singles.map(({ latency }) => latency.p99)).toFixed(1)} ms (target < 100 ms)`);
  const batched = rounds.map((round) => round.batches);
  const copied = rounds.map((round) => round.copied);
  console.log(ratioLine("batches of 100 / COPY", rates(batched), copied, "≥ 0.50"));
  console.log(`peak RSS of the web process: ${server.peakMemory().toFixed(0)} MB`);
}

/** Fails unless every acknowledged event is stored once. */
async function requireAllStored({ sql }: BenchDatabase, outcomes: readonly Outcome[]): Promise<void> {
  const acknowledged = outcomes.reduce((sum, { events }) => sum + events, 0);
  const { rows } = await sql.query<{ stored: number }>("SELECT count(*)::int AS stored FROM log.idempotency");
  if (rows[0]?.stored !== acknowledged)
    throw new Error(`${acknowledged} events were acknowledged, ${rows[0]?.stored} stored.`);
}
