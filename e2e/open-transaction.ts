import pg from "pg";
import { databaseUrl } from "./database";

/** Does work while a transaction is open in the database, given to it; in the end, bad ones too, all in it is undone. */
export async function duringTransaction(work: (transaction: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: await databaseUrl() });
  await client.connect();
  try {
    await client.query("BEGIN");
    await work(client);
  } finally {
    await client.end();
  }
}
