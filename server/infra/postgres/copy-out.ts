import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { QueryOptions } from "@/server/kernel/ports/database";
import { cancelStatement } from "./cancel-statement";

/** Bytes to buffer for a slow reader. */
const BUFFER_BYTES = 1 << 15;

/**
 * Streams the rows of a query by COPY, as `Database.copy` describes, on a connection. If
 * the reader stops early, the statement is canceled and the connection closed.
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
    // The signal may have been aborted while this waited for the connection.
    signal?.throwIfAborted();
    backend = rows[0]?.pid ?? 0;
    await lockLog(pool, client, backend, signal);
    const copy = client.query(
      copyTo(`COPY (${withLiterals(sql, values)}) TO STDOUT (NULL '')`, { highWaterMark: BUFFER_BYTES }),
    );
    const stop = () => void copy.destroy(aborted());
    signal?.addEventListener("abort", stop);
    try {
      for await (const chunk of copy) yield chunk as Buffer;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
    await client.query("COMMIT");
    complete = true;
  } finally {
    // COPY would notice that no one reads anymore only when it sends its next row.
    if (!complete && backend !== 0) await cancelStatement(pool, backend);
    client.release(!complete);
  }
}

const aborted = () => new Error("The reading of the rows was aborted.");

/**
 * Locks the log before COPY starts. COPY takes its snapshot before it waits for locks: while a partition is being created,
 * it would read the new partition by a snapshot in which the moved events are still in the old one, and miss them.
 */
async function lockLog(pool: pg.Pool, client: pg.PoolClient, backend: number, signal?: AbortSignal): Promise<void> {
  const stop = () => void cancelStatement(pool, backend);
  signal?.addEventListener("abort", stop);
  try {
    await client.query("LOCK TABLE ONLY log.event IN ACCESS SHARE MODE");
  } catch (error) {
    throw signal?.aborted ? aborted() : error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  if (signal?.aborted) throw aborted();
}

/** Replaces each placeholder with its value, because COPY takes no parameters. */
function withLiterals(sql: string, values: readonly unknown[]): string {
  return sql.replaceAll(/\$(\d+)/g, (_, number: string) => literal(values[Number(number) - 1]));
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(", ")}]`;
  if (typeof value === "string" || typeof value === "number") return pg.escapeLiteral(String(value));
  throw new TypeError(`A value of type ${typeof value} cannot be written into a statement.`);
}
