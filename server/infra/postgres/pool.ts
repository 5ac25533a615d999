import pg from "pg";
import { DomainError } from "@/server/kernel/errors";
import type { Database, QueryOptions } from "@/server/kernel/ports/database";
import type { Logger } from "@/server/kernel/ports/logger";
import { cancelStatement } from "./cancel-statement";
import { copyOut } from "./copy-out";
import { isBadData, isTimeOut } from "./outage";

const JSON_OID = pg.types.builtins.JSON;

/** JSON as the text that was stored: an export copies it, and parsing is the reader's choice. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === JSON_OID ? (text: string) => text : pg.types.getTypeParser(oid, format)),
};

export type Pool = Pick<Database, "query" | "copy" | "close">;

export interface ConnectionOptions {
  readonly connections: number;
  /** Milliseconds to wait for a connection: for a free one, and for the server to open a new one. */
  readonly connectTimeout: number;
  /** Milliseconds after which the server gives a statement up; for ever without. */
  readonly statementTimeout?: number;
  /** Milliseconds without the answer to a statement after which a connection counts as dead; for ever without. */
  readonly queryTimeout?: number;
}

/** Connections that are opened as they are needed. */
export function openConnections(url: string, log: Logger, options: ConnectionOptions): pg.Pool {
  const { connections, connectTimeout, statementTimeout, queryTimeout } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types,
    connectionTimeoutMillis: connectTimeout,
    ...(queryTimeout !== undefined && { query_timeout: queryTimeout }),
    // Not a parameter of the connection, which poolers refuse.
    ...(statementTimeout !== undefined && {
      // oxlint-disable-next-line typescript/no-misused-promises -- it is waited for, which the types do not know
      onConnect: async (client: pg.ClientBase) => {
        await client.query(`SET statement_timeout = ${Math.ceil(statementTimeout)}`);
      },
    }),
  });
  // A connection that breaks is replaced by the next use; without a listener it would end the process, be it idle or
  // in the middle of a statement, which then fails besides.
  pool.on("error", (error) => log.warn({ error: error.message }, "an idle database connection broke"));
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** The same for statements in SQL. */
export function openPool(url: string, log: Logger, options: ConnectionOptions): Pool {
  const pool = openConnections(url, log, options);

  return {
    async query<Row>(sql: string, values: readonly unknown[], options?: QueryOptions) {
      options?.signal?.throwIfAborted();
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        const run = () => execute(client, { text: sql, values: [...values] }, options);
        const { rows } = options?.signal ? await untilAborted(pool, client, run, options.signal) : await run();
        return rows as Row[];
      } catch (error) {
        // The connection may be in the middle of something: it is closed rather than reused, except when the server
        // has only refused what a statement of its own was given.
        if (!isBadData(error) || options?.timeout !== undefined)
          broken = error instanceof Error ? error : new Error(String(error));
        throw inOurWords(error, options);
      } finally {
        client.release(broken);
      }
    },
    async *copy(sql: string, values: readonly unknown[], options: QueryOptions = {}) {
      try {
        yield* copyOut(pool, sql, values, options);
      } catch (error) {
        throw inOurWords(error, options);
      }
    },
    close: () => pool.end(),
  };
}

/** Who set a time knows what took too long. */
function inOurWords(error: unknown, { timeout }: QueryOptions = {}): unknown {
  if (timeout === undefined || !isTimeOut(error)) return error;
  return new DomainError("unavailable", "The search took too long. Narrow the time range or add a filter.");
}

async function execute(
  client: pg.PoolClient,
  statement: pg.QueryConfig,
  { timeout, prepared }: QueryOptions = {},
): Promise<pg.QueryResult> {
  if (prepared !== undefined) return executePrepared(client, prepared, statement);
  if (timeout === undefined) return client.query(statement);
  await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${Math.ceil(timeout)}`);
  const result = await client.query(statement);
  await client.query("COMMIT");
  return result;
}

/** A pooler may have put another session behind the connection, which does not know the name, or knows it already. */
const NAME_ELSEWHERE: readonly (string | undefined)[] = ["26000", "42P05"];

async function executePrepared(
  client: pg.PoolClient,
  name: string,
  statement: pg.QueryConfig,
): Promise<pg.QueryResult> {
  try {
    return await client.query({ name, ...statement });
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && NAME_ELSEWHERE.includes(error.code))) throw error;
    return client.query(statement);
  }
}

/** What `run` comes to on this connection. Aborted, its statement is ended in the server as well, which would work on for nobody. */
async function untilAborted(
  pool: pg.Pool,
  client: pg.PoolClient,
  run: () => Promise<pg.QueryResult>,
  signal: AbortSignal,
): Promise<pg.QueryResult> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  signal.throwIfAborted();
  let ending: Promise<unknown> | undefined;
  const end = () => (ending = cancelStatement(pool, rows[0]?.pid));
  signal.addEventListener("abort", end);
  try {
    const result = await run();
    // The order to end may still be on its way: it must not meet the connection's next statement.
    signal.throwIfAborted();
    return result;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", end);
    await ending;
  }
}
