import type { Logger } from "@/server/kernel/ports/logger";
import { connect } from "./connection";

/** The settings that protect stored events, and the risk of turning each off. */
const RISKS: Readonly<Record<string, string>> = {
  fsync: "acknowledged events, and even the whole database, can be lost when the machine stops",
  full_page_writes: "the database can be damaged beyond repair when the machine stops",
  synchronous_commit: "acknowledged events can be lost when PostgreSQL stops",
};

/** Returns a warning for each of these settings that is off in the database. */
export async function durabilityRisks(url: string): Promise<string[]> {
  const client = await connect(url, { connectTimeout: 10_000, queryTimeout: 10_000 });
  const { rows } = await client
    .query<{ name: string }>("SELECT name FROM pg_settings WHERE name = ANY($1) AND setting = 'off' ORDER BY name", [
      Object.keys(RISKS),
    ])
    .finally(() => client.end());
  return rows.map(({ name }) => `PostgreSQL runs with ${name} = off: ${RISKS[name]}. Turn it on.`);
}

/** Logs these warnings when a process starts. A process whose database is unavailable starts anyway. */
export async function warnOfDurabilityRisks(url: string, log: Logger): Promise<void> {
  const risks = await durabilityRisks(url).catch(() => []);
  for (const risk of risks) log.error({ risk: "durability" }, risk);
}
