import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import { CHANNEL } from "@/server/embedded/runner/storage/events";
import type { WakeUp } from "./wake-up";

/**
 * How long the leader waits for the database to respond (ms). After that it gives up its leadership, because the server
 * may have ended the session and given the lock to another runner.
 */
const CONNECTION_TIMEOUT = 30_000;

export interface Campaign {
  readonly databaseUrl: string;
  /** How often to try to take the lock, and to reach a database that is unavailable, in milliseconds. */
  readonly interval: number;
  readonly stopping: AbortSignal;
  /** Notified when the database sends a notification and when the leadership is lost. */
  readonly wakeUp: WakeUp;
  readonly log: Logger;
  /** Does the leader's work. `lost` aborts when the connection that holds the lock breaks. */
  readonly whileLeader: (connection: pg.Client, lost: AbortSignal) => Promise<void>;
}

/** Becomes leader whenever this runner gets the database's lock, again and again until `stopping`. Never rejects. */
export async function campaign(options: Campaign): Promise<void> {
  while (!options.stopping.aborted) {
    await leadOnce(options).catch((error: unknown) =>
      options.log.warn({ err: error }, "runner lost its database connection, reconnecting"),
    );
    await pause(options);
  }
}

async function leadOnce(options: Campaign): Promise<void> {
  const { databaseUrl, stopping, wakeUp, log, whileLeader } = options;
  const client = new pg.Client({
    connectionString: databaseUrl,
    keepAlive: true,
    query_timeout: CONNECTION_TIMEOUT,
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
  });
  const lost = new AbortController();
  const onLoss = () => {
    lost.abort();
    wakeUp.notify();
  };
  client
    .on("error", onLoss)
    .on("end", onLoss)
    .on("notification", () => wakeUp.notify());
  try {
    await client.connect();
    while (!stopping.aborted && !(await tryLock(client))) await pause(options);
    if (stopping.aborted) return;
    log.info("runner is the leader");
    await client.query(`LISTEN ${CHANNEL}`);
    await whileLeader(client, lost.signal);
  } finally {
    // Ending the session releases the lock.
    await client.end().catch(() => undefined);
  }
}

/** Polls instead of blocking: a blocked statement would keep vacuum from removing rows that are newer than itself. */
async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended('trailport runner', 0)) AS locked",
  );
  return rows[0]?.locked === true;
}

async function pause({ interval, stopping }: Campaign): Promise<void> {
  await sleep(interval, undefined, { signal: stopping }).catch(() => undefined);
}
