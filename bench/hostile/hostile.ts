import { withBenchDatabase, type BenchDatabase } from "@/bench/bench-database";
import { compile, start } from "@/bench/processes";
import { loadAverage, printMachine } from "@/bench/report";
import { createTestServices } from "@/server/testing/services";
import type { AttackName } from "./attack-list";
import { createTarget, createVictim } from "./create-target";
import { readHostileOptions } from "./hostile-options";
import type { AttackerOutcome, AttackerStart, VictimOutcome } from "./message-types";
import { isBearable, type Measurement, printTable, ratioOf } from "./table";
import { startTrailport } from "./trailport";

const { attacks, seconds, profile } = readHostileOptions();
const WARM_UP_SECONDS = 5;

await withBenchDatabase(async (bench) => {
  await printMachine(bench.sql);
  const measurements = await measureAll(bench);
  console.log();
  printTable(measurements);
  if (!measurements.every(isBearable)) process.exitCode = 1;
});

async function measureAll(bench: BenchDatabase): Promise<Measurement[]> {
  const trailport = await startTrailport(bench, profile);
  const { services: seeding, close } = await createTestServices(bench.databaseUrl);
  const services = { ...seeding, now: () => new Date() };
  const [victimScript, attackerScript] = [
    await compile("bench/hostile/victim.ts"),
    await compile("bench/hostile/attacker.ts"),
  ];
  const victim = start(victimScript, { args: [JSON.stringify(await createVictim(services, trailport.port))] });
  await victim.message();
  const measure = async (duration: number) => (await victim.request(duration)) as VictimOutcome;

  const measureOne = async (attack: AttackName, number: number): Promise<Measurement> => {
    const target = await createTarget(services, trailport.port, attack, number);
    await bench.sql.query("CHECKPOINT");
    await trailport.idle();
    const idle = await measure(seconds);
    const given: AttackerStart = { attack, target };
    const attacker = start(attackerScript, { args: [JSON.stringify(given)] });
    await attacker.message();
    const attacked = await measure(seconds);
    const responses = (await attacker.request("end")) as AttackerOutcome;
    await attacker.stop();
    return { attack, responses, idle, attacked };
  };

  await measure(WARM_UP_SECONDS);
  const measurements: Measurement[] = [];
  for (const [number, attack] of attacks.entries()) {
    const measurement = await measureOne(attack, number);
    measurements.push(measurement);
    console.log(`${attack}, load average ${loadAverage()}: p99 ${ratioOf(measurement).toFixed(1)} times the idle p99`);
  }
  console.log(`peak RSS of the web process: ${trailport.web.peakMemory().toFixed(0)} MB`);
  await victim.stop();
  await trailport.stop();
  await close();
  return measurements;
}
