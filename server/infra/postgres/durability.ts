import pg from "pg";
import type { Logger } from "@/server/kernel/ports/logger";

/** What a server can be told to do without, and what that costs. */
const RISKS: Readonly<Record<string, string>> = {
  fsync: "events that were answered 201, and the whole database with them, can be lost when the machine stops",
  full_page_writes: "the database can be damaged beyond repair when the machine stops",
  synchronous_commit: "events that were answered 201 can be lost when PostgreSQL stops",
};

/** A sentence for each setting of the database with which what is stored may not stay stored. */
export async function durabilityRisks(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client
    .query<{ name: string }>("SELECT name FROM pg_settings WHERE name = ANY($1) AND setting = 'off' ORDER BY name", [
      Object.keys(RISKS),
    ])
    .finally(() => client.end());
  return rows.map(({ name }) => `PostgreSQL runs with ${name} = off: ${RISKS[name]}. Turn it on.`);
}

/** Says so in the log of a process that begins; one whose database is away begins all the same. */
export async function warnOfDurabilityRisks(url: string, log: Logger): Promise<void> {
  const risks = await durabilityRisks(url).catch(() => []);
  for (const risk of risks) log.error({ risk: "durability" }, risk);
}
