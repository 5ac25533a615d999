import pg from "pg";

/** Blocks the storing of events until `release`, like a disk that does not respond. */
export async function holdEvents(databaseUrl: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("BEGIN; LOCK TABLE log.event IN SHARE MODE");
  return { release: () => client.end() };
}
