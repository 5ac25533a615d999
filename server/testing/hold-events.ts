import pg from "pg";

/** Keeps every event of a database from being stored until `release`, as a disk that does not answer would. */
export async function holdEvents(databaseUrl: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("BEGIN; LOCK TABLE log.event IN SHARE MODE");
  return { release: () => client.end() };
}
