import pg from "pg";

/**
 * Checks that the user's own database accepts connections.
 *
 * @param variable the environment variable that contains the URL.
 * @throws Error in one sentence that names the server and the reason, never the password.
 */
export async function checkDatabase(url: string, variable = "DATABASE_URL"): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  const { hostname, port, pathname, username } = new URL(url);
  const address = `${username}@${hostname}:${port || 5432}${pathname}`;
  await client.connect().catch((error: unknown) => {
    throw new Error(`${variable}: could not connect to ${address}: ${messageOf(error)}`);
  });
  await client.end();
}

/** A host with several addresses fails with an error per address and without a message of its own. */
function messageOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}

/** Whether this migrated database contains a workspace. */
export async function hasWorkspace(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query("SELECT 1 FROM workspace LIMIT 1").finally(() => client.end());
  return rowCount === 1;
}
