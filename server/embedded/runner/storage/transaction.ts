import type pg from "pg";

/** Runs SQL, inside or outside of a transaction. */
export type Queryable = Pick<pg.ClientBase, "query">;

/** Runs `work` in a transaction, on a connection of the pool. */
export async function transaction<Result>(pool: pg.Pool, work: (tx: Queryable) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  // A connection that breaks between two statements emits "error". Without a listener, that would end the process.
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

/** Runs `work` in a transaction, on a connection that nothing else uses in the meantime. */
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
