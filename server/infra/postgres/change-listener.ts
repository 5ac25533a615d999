import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Change, Changes } from "@/server/kernel/ports/database";
import type { Logger } from "@/server/kernel/ports/logger";

/** What the triggers of migration `announce_changes` notify. */
const CHANNEL = "trailport_changes";
/** Milliseconds between two proofs that the connection is alive; and how long each may take. */
const PROOF_EVERY = 100;
const PROOF_PATIENCE = 3_000;
const RETRY_AFTER = 500;

/**
 * Hears what every process changes, by LISTEN on a connection of its own, which is opened for the first subscriber. A
 * session of PostgreSQL hands over its notifications before it answers: an answer proves that all was heard until it
 * was asked for. Whatever happens to the connection, it is opened again, and then anything may have changed.
 */
export function listenForChanges(url: string, log: Logger): Changes & { close(): Promise<void> } {
  const subscribers = new Set<(change: Change | "any") => void>();
  const closing = new AbortController();
  let syncedUntil = -Infinity;
  let listening: Promise<void> | null = null;

  const tell = (change: Change | "any") => subscribers.forEach((subscriber) => subscriber(change));

  async function listen(): Promise<void> {
    while (!closing.signal.aborted) {
      await hear().catch((error: unknown) => {
        if (!closing.signal.aborted) log.warn({ error: String(error) }, "changes by other processes are not heard");
      });
      await rest(RETRY_AFTER);
    }
  }

  async function hear(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      query_timeout: PROOF_PATIENCE,
    });
    // The proof that fails next tells of it.
    client.on("error", () => undefined);
    client.on("notification", ({ payload = "" }) => tell(toChange(payload)));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      tell("any");
      while (!closing.signal.aborted) {
        const asked = performance.now();
        await client.query("SELECT 1");
        syncedUntil = asked;
        await rest(PROOF_EVERY);
      }
    } finally {
      // A connection that has gone silent would not say goodbye either.
      void client.end().catch(() => undefined);
    }
  }

  const rest = (milliseconds: number) =>
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

/** `<kind> <key>`; what an older or newer version says in another way may mean anything. */
function toChange(payload: string): Change | "any" {
  const [, kind, key] = /^(api_key|organization|action) ([^]+)$/.exec(payload) ?? [];
  // The pattern allows no other.
  return kind === undefined || key === undefined ? "any" : { kind: kind as Change["kind"], key };
}
