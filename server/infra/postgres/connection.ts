import pg from "pg";

/** What a session needs beyond its settings. */
export interface SessionOptions {
  /** Milliseconds after which PostgreSQL cancels a statement; never if missing. */
  readonly statementTimeout?: number;
  /** Whether other processes wait for this session's locks, so that PostgreSQL must soon notice that its machine is gone. */
  readonly holdsLocks?: boolean;
}

export interface ClientOptions extends SessionOptions {
  /** Milliseconds to wait for the server; forever if missing. */
  readonly connectTimeout?: number;
  /** Milliseconds without a response to a statement after which the connection counts as dead; forever if missing. */
  readonly queryTimeout?: number;
}

/** The driver sends its first probe after this long without traffic (ms). */
const FIRST_PROBE = 10_000;

/**
 * Settings that the server, database, role or URL may have changed and that Trailport's statements depend on: how values are
 * read and written, where tables are found, and when PostgreSQL ends a session by itself.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  standard_conforming_strings: "on",
  DateStyle: "ISO, MDY",
  IntervalStyle: "postgres",
  TimeZone: "UTC",
  bytea_output: "hex",
  extra_float_digits: "1",
  array_nulls: "on",
  transform_null_equals: "off",
  search_path: "public",
  default_transaction_isolation: "read committed",
  lock_timeout: "0",
  // Sessions that wait for notifications or hold a lock are idle most of the time.
  idle_session_timeout: "0",
  // A session whose machine has vanished ends after 6 + 3 * 4 seconds.
  tcp_keepalives_idle: "6",
  tcp_keepalives_interval: "4",
  tcp_keepalives_count: "3",
};

/** Ends a session whose data is not acknowledged (ms). Not for every session: it would also end one whose reader is slow. */
const UNACKNOWLEDGED_TIMEOUT = 18_000;

/**
 * Returns the driver's configuration for a URL. `sslmode` means what it means to psql; the driver alone would treat
 * `require` like `verify-full`, and would not know the certificate authorities that `sslrootcert=system` stands for.
 */
export function connectionOf(databaseUrl: string): pg.ClientConfig {
  const url = new URL(databaseUrl);
  const { searchParams } = url;
  if (searchParams.get("sslrootcert") === "system") searchParams.delete("sslrootcert");
  const mode = searchParams.get("sslmode");
  if (mode !== null && mode !== "no-verify") searchParams.set("uselibpqcompat", "true");
  return {
    connectionString: url.href,
    keepAlive: true,
    keepAliveInitialDelayMillis: FIRST_PROBE,
    fallback_application_name: "trailport",
  };
}

/** Gives a new session its settings. As statements, because poolers reject connection parameters. */
export async function prepareSession(client: pg.ClientBase, options: SessionOptions = {}): Promise<void> {
  const settings = Object.entries({
    ...SETTINGS,
    statement_timeout: String(Math.ceil(options.statementTimeout ?? 0)),
    ...(options.holdsLocks === true && { tcp_user_timeout: String(UNACKNOWLEDGED_TIMEOUT) }),
  });
  await client.query(
    `${settings.map(([name, value]) => `SET ${name} = ${name === "search_path" ? value : `'${value}'`}`).join("; ")};
     SELECT set_config('transaction_timeout', '0', false) WHERE current_setting('transaction_timeout', true) IS NOT NULL`,
  );
}

/**
 * Opens a connection outside of a pool. The caller ends it, and notices that it broke by the next statement's failure.
 * Everything else that connects to PostgreSQL uses `openConnections`.
 */
export async function connect(databaseUrl: string, options: ClientOptions = {}): Promise<pg.Client> {
  const { connectTimeout, queryTimeout } = options;
  const client = new pg.Client({
    ...connectionOf(databaseUrl),
    ...(connectTimeout !== undefined && { connectionTimeoutMillis: connectTimeout }),
    ...(queryTimeout !== undefined && { query_timeout: queryTimeout }),
  });
  // Without a listener, a connection that breaks would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await prepareSession(client, options);
    return client;
  } catch (error) {
    // Not awaited: an unresponsive server would not respond to this either.
    void client.end().catch(() => undefined);
    throw error;
  }
}
