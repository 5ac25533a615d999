import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import type { Bell } from "./wake-up";
import { CHANNEL } from "@/server/embedded/runner/storage/events";

/** How often a runner that is not the leader asks whether it can be, and tries to reach a database that is away. */
const ASK_EVERY = 1000;
/** A leader whose connection is silent for longer is none: the other side may have given the lock away. */
const SILENCE = 30_000;

export interface Candidacy {
  readonly databaseUrl: string;
  readonly stopping: AbortSignal;
  /** Rung on news from the database, and when the leadership is lost. */
  readonly bell: Bell;
  readonly log: Logger;
  /** The leader's work. `lost` is aborted with the connection that holds the lock. */
  readonly lead: (leader: pg.Client, lost: AbortSignal) => Promise<void>;
}

/** Leads whenever this runner is the one that holds the database's lock, again and again until `stopping`. Never rejects. */
export async function stand(candidacy: Candidacy): Promise<void> {
  while (!candidacy.stopping.aborted) {
    await standOnce(candidacy).catch((error: unknown) =>
      candidacy.log.warn({ err: error }, "runner lost its database, trying again"),
    );
    await pause(candidacy.stopping);
  }
}

async function standOnce({ databaseUrl, stopping, bell, log, lead }: Candidacy): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    keepAlive: true,
    query_timeout: SILENCE,
    connectionTimeoutMillis: SILENCE,
  });
  const lost = new AbortController();
  const lose = () => {
    lost.abort();
    bell.ring();
  };
  client
    .on("error", lose)
    .on("end", lose)
    .on("notification", () => bell.ring());
  try {
    await client.connect();
    while (!stopping.aborted && !(await takeLock(client))) await pause(stopping);
    if (stopping.aborted) return;
    log.info("runner leads");
    await client.query(`LISTEN ${CHANNEL}`);
    await lead(client, lost.signal);
  } finally {
    // The end of the session frees the lock.
    await client.end().catch(() => undefined);
  }
}

/** Asked rather than waited for: a waiting statement would keep vacuum from removing anything newer than itself. */
async function takeLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended('trailport runner', 0)) AS taken",
  );
  return rows[0]?.taken === true;
}

async function pause(stopping: AbortSignal): Promise<void> {
  await delay(ASK_EVERY, undefined, { signal: stopping }).catch(() => undefined);
}
