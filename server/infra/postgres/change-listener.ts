import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Change, Changes } from "@/server/kernel/ports/database";
import type { Logger } from "@/server/kernel/ports/logger";

/** The channel that the triggers of migration `announce_changes` notify. */
const CHANNEL = "trailport_changes";
/** Milliseconds between two checks that the connection is alive, and how long each may take. */
const CHECK_INTERVAL = 100;
const CHECK_TIMEOUT = 3_000;
const RECONNECT_PAUSE = 500;

/**
 * Listens for the changes of every process by LISTEN on its own connection, which the first subscriber opens. PostgreSQL
 * delivers a session's notifications before it responds to a query, so each response proves that all notifications from
 * before the query have arrived. A lost connection is opened again; subscribers then hear that anything may have changed.
 */
export function listenForChanges(url: string, log: Logger): Changes & { close(): Promise<void> } {
  const subscribers = new Set<(change: Change | "any") => void>();
  const closing = new AbortController();
  let syncedUntil = -Infinity;
  let listening: Promise<void> | null = null;

  const notify = (change: Change | "any") => subscribers.forEach((subscriber) => subscriber(change));

  async function listen(): Promise<void> {
    while (!closing.signal.aborted) {
      await receive().catch((error: unknown) => {
        if (!closing.signal.aborted) log.warn({ error: String(error) }, "cannot listen for changes by other processes");
      });
      await wait(RECONNECT_PAUSE);
    }
  }

  async function receive(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      query_timeout: CHECK_TIMEOUT,
    });
    // The next check fails and reports the error.
    client.on("error", () => undefined);
    client.on("notification", ({ payload = "" }) => notify(toChange(payload)));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      notify("any");
      while (!closing.signal.aborted) {
        const sentAt = performance.now();
        await client.query("SELECT 1");
        syncedUntil = sentAt;
        await wait(CHECK_INTERVAL);
      }
    } finally {
      // Not awaited: an unresponsive server would not respond to this either.
      void client.end().catch(() => undefined);
    }
  }

  const wait = (milliseconds: number) =>
    pause(milliseconds, undefined, { signal: closing.signal }).catch(() => undefined);

  return {
    subscribe(subscriber) {
      subscribers.add(subscriber);
      listening ??= listen();
    },
    syncedUntil: () => syncedUntil,
    async close() {
      closing.abort();
      await listening;
    },
  };
}

/** Parses `<kind> <key>`. Another version of Trailport may send something else, which means that anything may have changed. */
function toChange(payload: string): Change | "any" {
  const [, kind, key] = /^(api_key|organization|action) ([^]+)$/.exec(payload) ?? [];
  // The pattern allows only these kinds.
  return kind === undefined || key === undefined ? "any" : { kind: kind as Change["kind"], key };
}
