import pg from "pg";
import { databaseUrl } from "./database";
import type { FirstStart } from "./trailport-process";

/** Runs `work` with an open transaction of Trailport's database, then rolls it back, even if `work` throws. */
export async function duringTransaction(
  trailport: FirstStart,
  work: (transaction: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: await databaseUrl(trailport) });
  await client.connect();
  try {
    await client.query("BEGIN");
    await work(client);
  } finally {
    await client.end();
  }
}
