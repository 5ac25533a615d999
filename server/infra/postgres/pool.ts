import pg from "pg";
import { DomainError } from "@/server/kernel/errors";
import type { Database, QueryOptions } from "@/server/kernel/ports/database";
import type { Logger } from "@/server/kernel/ports/logger";
import { cancelStatement } from "./cancel-statement";
import { type ClientOptions, connectionOf, prepareSession } from "./connection";
import { copyOut } from "./copy-out";
import { isBadData, isTimeout } from "./outage";

const JSON_OID = pg.types.builtins.JSON;

/** Returns JSON columns as stored text: readers decide whether to parse it, and exports copy it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === JSON_OID ? (text: string) => text : pg.types.getTypeParser(oid, format)),
};

export type Pool = Pick<Database, "query" | "copy" | "close">;

export interface ConnectionOptions extends Omit<ClientOptions, "holdsLocks"> {
  readonly connections: number;
  /** Milliseconds to wait for a free connection, and for the server to open a new one. */
  readonly connectTimeout: number;
}

/** Creates a pool that opens connections when they are needed. */
export function openConnections(
  url: string,
  log: Logger,
  options: ConnectionOptions,
  poolOptions: Pick<pg.PoolConfig, "types"> = {},
): pg.Pool {
  const { connections, connectTimeout, queryTimeout } = options;
  const pool = new pg.Pool({
    ...connectionOf(url),
    ...poolOptions,
    max: connections,
    connectionTimeoutMillis: connectTimeout,
    ...(queryTimeout !== undefined && { query_timeout: queryTimeout }),
    // oxlint-disable-next-line typescript/no-misused-promises -- pg awaits it, which its types do not say
    onConnect: (client: pg.ClientBase) => prepareSession(client, options),
  });
  // Without these listeners a lost connection would end the process, whether it is idle or runs a statement, which then
  // fails as well. The next use replaces the connection.
  pool.on("error", (error) => log.warn({ error: error.message }, "idle database connection lost"));
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Creates a pool for SQL statements and COPY. */
export function openPool(url: string, log: Logger, options: ConnectionOptions): Pool {
  const pool = openConnections(url, log, options, { types });

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
        // Closes the connection, which may be inside a transaction or still running the statement. It is reused only if
        // PostgreSQL rejected a value of a statement outside a transaction.
        if (!isBadData(error) || options?.timeout !== undefined)
          broken = error instanceof Error ? error : new Error(String(error));
        throw explainTimeout(error, options);
      } finally {
        client.release(broken);
      }
    },
    async *copy(sql: string, values: readonly unknown[], options: QueryOptions = {}) {
      try {
        yield* copyOut(pool, sql, values, options);
      } catch (error) {
        throw explainTimeout(error, options);
      }
    },
    close: () => pool.end(),
  };
}

/** Explains the timeout of a statement that set one: only the searches that people wait for do. */
function explainTimeout(error: unknown, { timeout }: QueryOptions = {}): unknown {
  if (timeout === undefined || !isTimeout(error)) return error;
  return new DomainError("unavailable", "The search took too long. Choose a shorter time range or add a filter.");
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

/** A pooler may switch the session behind a connection: the new one does not know the name, or already has it. */
const OTHER_SESSION: readonly (string | undefined)[] = ["26000", "42P05"];

async function executePrepared(
  client: pg.PoolClient,
  name: string,
  statement: pg.QueryConfig,
): Promise<pg.QueryResult> {
  try {
    return await client.query({ name, ...statement });
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && OTHER_SESSION.includes(error.code))) throw error;
    return client.query(statement);
  }
}

/** Runs a statement; aborting it also cancels it in PostgreSQL, which would otherwise continue. */
async function untilAborted(
  pool: pg.Pool,
  client: pg.PoolClient,
  run: () => Promise<pg.QueryResult>,
  signal: AbortSignal,
): Promise<pg.QueryResult> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  signal.throwIfAborted();
  let canceling: Promise<unknown> | undefined;
  const cancel = () => (canceling = cancelStatement(pool, rows[0]?.pid));
  signal.addEventListener("abort", cancel);
  try {
    const result = await run();
    // If the cancellation is still on its way, it must not cancel the connection's next statement.
    signal.throwIfAborted();
    return result;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", cancel);
    await canceling;
  }
}
