import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { QueryOptions } from "@/server/kernel/ports/database";
import { cancelStatement } from "./cancel-statement";

/** Bytes that wait for a slow reader. */
const AHEAD = 1 << 15;

/**
 * `Database.copy` on a connection of its own use: where the rows are not read to their end, the statement is cancelled
 * and the connection closed.
 */
export async function* copyOut(
  pool: pg.Pool,
  sql: string,
  values: readonly unknown[],
  { signal, timeout = 0 }: QueryOptions,
): AsyncGenerator<Buffer> {
  signal?.throwIfAborted();
  const client = await pool.connect();
  let backend = 0;
  let complete = false;
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${Math.ceil(timeout)}`);
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    // From here on it is heard; it may have been aborted while the connection was waited for.
    signal?.throwIfAborted();
    backend = rows[0]?.pid ?? 0;
    await lockLog(pool, client, backend, signal);
    const copy = client.query(
      copyTo(`COPY (${withLiterals(sql, values)}) TO STDOUT (NULL '')`, { highWaterMark: AHEAD }),
    );
    const stop = () => void copy.destroy(notWanted());
    signal?.addEventListener("abort", stop);
    try {
      for await (const chunk of copy) yield chunk as Buffer;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
    await client.query("COMMIT");
    complete = true;
  } finally {
    // It would notice that nobody reads any more only when it has the next row.
    if (!complete && backend !== 0) await cancelStatement(pool, backend);
    client.release(!complete);
  }
}

const notWanted = () => new Error("The rows are no longer wanted.");

/**
 * COPY decides what it can see before it waits for a lock. Behind a month that is being made it would look for the events
 * that moved there in the new table, and see them in the old one: so the lock comes first.
 */
async function lockLog(pool: pg.Pool, client: pg.PoolClient, backend: number, signal?: AbortSignal): Promise<void> {
  const stop = () => void cancelStatement(pool, backend);
  signal?.addEventListener("abort", stop);
  try {
    await client.query("LOCK TABLE ONLY log.event IN ACCESS SHARE MODE");
  } catch (error) {
    throw signal?.aborted ? notWanted() : error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  if (signal?.aborted) throw notWanted();
}

/** COPY takes no parameters: the statement with each placeholder replaced by its value. */
function withLiterals(sql: string, values: readonly unknown[]): string {
  return sql.replaceAll(/\$(\d+)/g, (_, number: string) => literal(values[Number(number) - 1]));
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(", ")}]`;
  if (typeof value === "string" || typeof value === "number") return pg.escapeLiteral(String(value));
  throw new TypeError(`A value of type ${typeof value} cannot be written into a statement.`);
}
