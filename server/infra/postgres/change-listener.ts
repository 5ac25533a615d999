import { setTimeout as pause } from "node:timers/promises";
import type { Change, Changes } from "@/server/kernel/ports/database";
import type { Logger } from "@/server/kernel/ports/logger";
import { connect } from "./connection";
import { requireOwnSession, sessionOf, SharedSessionError } from "./own-session";

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
 * Through a pooler that shares sessions, notifications would get lost, so they then count as never in sync.
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
    const client = await connect(url, { connectTimeout: 5_000, queryTimeout: CHECK_TIMEOUT });
    client.on("notification", ({ channel, payload = "" }) => {
      if (channel === CHANNEL) notify(toChange(payload));
    });
    try {
      await requireOwnSession(client, url);
      await client.query(`LISTEN ${CHANNEL}`);
      const session = await sessionOf(client);
      notify("any");
      while (!closing.signal.aborted) {
        const sentAt = performance.now();
        if ((await sessionOf(client)) !== session) throw new SharedSessionError();
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
