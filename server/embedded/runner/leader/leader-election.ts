import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Logger } from "pino";
import { CHANNEL } from "@/server/embedded/runner/storage/events";
import { connect } from "@/server/infra/postgres/connection";
import { beginLease, endSilentLeader, type Lease, LeaseWatch, LOCK_KEY, renewLease } from "./lease";
import type { WakeUp } from "./wake-up";

/**
 * How long the leader waits for the database to respond (ms). After that it gives up its leadership, because the server
 * may have ended the session and given the lock to another runner.
 */
const CONNECTION_TIMEOUT = 30_000;

export interface Leader {
  /** The connection whose session holds the lock. */
  readonly connection: pg.Client;
  readonly lease: Lease;
}

export interface Campaign {
  readonly databaseUrl: string;
  /** Connections for renewing the lease, which must not wait for the leader's work. */
  readonly pool: pg.Pool;
  /** How long the leader may be silent before another runner takes over (ms). */
  readonly leaseDuration: number;
  /** How often to try to take the lock, and to reach a database that is unavailable, in milliseconds. */
  readonly interval: number;
  readonly stopping: AbortSignal;
  /** Notified when the database sends a notification and when the leadership is lost. */
  readonly wakeUp: WakeUp;
  readonly log: Logger;
  /** Does the leader's work. `lost` aborts when the connection that holds the lock breaks or another runner took over. */
  readonly whileLeader: (leader: Leader, lost: AbortSignal) => Promise<void>;
}

/** Becomes leader whenever this runner gets the database's lock, again and again until `stopping`. Never rejects. */
export async function campaign(options: Campaign): Promise<void> {
  while (!options.stopping.aborted) {
    await leadOnce(options).catch((error: unknown) =>
      options.log.warn({ err: error }, "runner lost its leadership or its database connection, reconnecting"),
    );
    await pause(options);
  }
}

async function leadOnce(options: Campaign): Promise<void> {
  const { databaseUrl, pool, leaseDuration, stopping, wakeUp, log, whileLeader } = options;
  const client = await connect(databaseUrl, {
    connectTimeout: CONNECTION_TIMEOUT,
    queryTimeout: CONNECTION_TIMEOUT,
    holdsLocks: true,
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
  let renewing: NodeJS.Timeout | undefined;
  try {
    const watch = new LeaseWatch(leaseDuration);
    while (!stopping.aborted && !(await tryLock(client, watch, log))) await pause(options);
    if (stopping.aborted) return;
    const lease = await beginLease(client);
    log.info("runner is the leader");
    renewing = setInterval(
      // A renewal that fails is repeated. If that takes too long, another runner ends this session.
      () =>
        void renewLease(pool, lease).then(
          (isHeld) => isHeld || onLoss(),
          () => undefined,
        ),
      leaseDuration / 5,
    );
    await client.query(`LISTEN ${CHANNEL}`);
    await whileLeader({ connection: client, lease }, lost.signal);
  } finally {
    clearInterval(renewing);
    // Ending the session releases the lock.
    await client.end().catch(() => undefined);
  }
}

/** Polls instead of blocking: a blocked statement would keep vacuum from removing rows that are newer than itself. */
async function tryLock(client: pg.Client, watch: LeaseWatch, log: Logger): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean; lease: string | null }>(
    `SELECT pg_try_advisory_lock(${LOCK_KEY}) AS locked, (SELECT holder || ' ' || beats FROM runner.leader) AS lease`,
  );
  if (rows[0]?.locked === true) return true;
  if (watch.isSilent(rows[0]?.lease ?? "")) {
    log.warn("the leader has been silent for too long, taking over");
    await endSilentLeader(client);
  }
  return false;
}

async function pause({ interval, stopping }: Campaign): Promise<void> {
  await sleep(interval, undefined, { signal: stopping }).catch(() => undefined);
}
