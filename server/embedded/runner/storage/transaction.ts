import type pg from "pg";

/** Whatever runs SQL inside or outside a transaction. */
export type Queryable = Pick<pg.ClientBase, "query">;

/** All of `work` or nothing, on a connection of the pool. */
export async function transaction<Result>(pool: pg.Pool, work: (tx: Queryable) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  // A connection that breaks between two statements emits this, and an unheard "error" ends the process.
  let broken: Error | undefined;
  const onError = (error: Error) => void (broken = error);
  client.on("error", onError);
  try {
    return await inTransaction(client, work);
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

/** All of `work` or nothing, on a connection that nobody else uses meanwhile. */
export async function inTransaction<Result>(
  client: Queryable,
  work: (tx: Queryable) => Promise<Result>,
): Promise<Result> {
  await client.query("BEGIN");
  try {
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
