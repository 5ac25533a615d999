import { randomBytes } from "node:crypto";
import type pg from "pg";
import { connect } from "./connection";

/** How long a notification may take through a slow network or proxy (ms). */
const NOTIFICATION_TIMEOUT = 5_000;

const SHARED =
  "A pooler such as PgBouncer in transaction mode shares sessions between clients, so notifications and locks get lost. " +
  "Connect directly to PostgreSQL, or set pool_mode = session.";

/** The error for a connection whose session changes. */
export class SharedSessionError extends Error {
  constructor() {
    super(SHARED);
  }
}

/**
 * Checks that a connection has a PostgreSQL session of its own, as LISTEN and advisory locks need: its session stays the same
 * while another connection is in a transaction, and receives a notification of that one.
 * @throws SharedSessionError if a pooler gives the session to other clients between transactions
 */
export async function requireOwnSession(client: pg.Client, databaseUrl: string): Promise<void> {
  const channel = `trailport_check_${randomBytes(8).toString("hex")}`;
  let received = false;
  let arrived: () => void = () => undefined;
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const listener = (notification: pg.Notification) => {
    if (notification.channel !== channel) return;
    received = true;
    arrived();
  };
  client.on("notification", listener);
  const other = await connect(databaseUrl, { connectTimeout: 10_000, queryTimeout: 10_000 });
  try {
    await client.query(`LISTEN ${channel}`);
    const first = await sessionOf(client);
    await other.query("BEGIN");
    const others = await sessionOf(other);
    if (others === first || (await sessionOf(client)) !== first) throw new SharedSessionError();
    await other.query(`NOTIFY ${channel}`);
    await other.query("COMMIT");
    // PostgreSQL sends notifications before the response to the next statement.
    if ((await sessionOf(client)) !== first) throw new SharedSessionError();
    if (!received) await withTimeout(arrival);
    if (!received) throw new SharedSessionError();
    await client.query(`UNLISTEN ${channel}`);
  } catch (error) {
    throw isStatementMode(error) ? new SharedSessionError() : error;
  } finally {
    client.off("notification", listener);
    await other.end().catch(() => undefined);
  }
}

/** Returns the process ID of a connection's session. */
export async function sessionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid ?? 0;
}

async function withTimeout(arrival: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, NOTIFICATION_TIMEOUT)));
  await Promise.race([arrival, timeout]);
  clearTimeout(timer);
}

/** Whether PgBouncer ended the connection because statement mode allows no transactions. */
function isStatementMode(error: unknown): boolean {
  return error instanceof Error && /statement pooling/i.test(error.message);
}
