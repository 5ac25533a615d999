import type pg from "pg";
import { connect } from "./connection";
import { connectionProblem } from "./connection-problem";
import { requireOwnSession } from "./own-session";

/** The oldest supported version; see docs/decisions/0023-postgresql-16.md. */
const OLDEST_VERSION = 16;

interface Server {
  readonly version: string;
  readonly major: number;
  readonly encoding: string;
  readonly database: string;
  readonly isStandby: boolean;
  readonly isReadOnly: boolean;
  /** As the server, database, role or URL set it. */
  readonly searchPath: string;
}

/**
 * Checks that Trailport can use a database server: it can be reached, is new enough, stores Unicode, can be written to, and
 * gives each connection a session of its own. Writes nothing.
 *
 * @param variable the environment variable that contains the URL
 * @throws Error in one line that names the variable and says what to do, never with any part of the password
 */
export async function checkServer(databaseUrl: string, variable = "DATABASE_URL"): Promise<void> {
  let client: pg.Client;
  try {
    client = await connect(databaseUrl, { connectTimeout: 10_000, queryTimeout: 20_000 });
  } catch (error) {
    throw connectionProblem(error, variable, databaseUrl);
  }
  try {
    const problem = problemOf(await readServer(client));
    if (problem !== null) throw new Error(problem);
    await requireOwnSession(client, databaseUrl);
  } catch (error) {
    throw new Error(`${variable}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Returns the role of a URL, which may be set in its query or by the operating system's user. */
export async function roleOf(databaseUrl: string): Promise<string> {
  const client = await connect(databaseUrl, { connectTimeout: 10_000, queryTimeout: 10_000 });
  const { rows } = await client.query<{ role: string }>("SELECT current_user AS role").finally(() => client.end());
  return rows[0]?.role ?? "";
}

async function readServer(client: pg.Client): Promise<Server> {
  const { rows } = await client.query<Server>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int / 10000 AS major,
       current_setting('server_encoding') AS encoding, current_database() AS database,
       pg_is_in_recovery() AS "isStandby", current_setting('transaction_read_only')::bool AS "isReadOnly",
       (SELECT reset_val FROM pg_settings WHERE name = 'search_path') AS "searchPath"`,
  );
  const [server] = rows;
  if (server === undefined) throw new Error("the server did not describe itself");
  return server;
}

function problemOf({ version, major, encoding, database, isStandby, isReadOnly, searchPath }: Server): string | null {
  if (major < OLDEST_VERSION)
    return `PostgreSQL ${version} is too old. Trailport needs PostgreSQL ${OLDEST_VERSION} or newer.`;
  if (encoding !== "UTF8")
    return `the database ${database} has the encoding ${encoding}, which can't store every event. Create one with UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`;
  if (isStandby) return "this server is a read-only standby. Connect to the primary.";
  if (isReadOnly)
    return "transactions are read-only here. Turn off default_transaction_read_only for the server, database and role.";
  const schemas = searchPath.split(",").map((schema) => schema.trim().replaceAll('"', ""));
  const first = schemas.find((schema) => !["", "$user"].includes(schema)) ?? "public";
  if (first !== "public")
    return `search_path is ${searchPath}, but Trailport's tables are in the schemas public, log and runner of a database of their own. Create one, and remove the setting.`;
  return null;
}
