import { createHash } from "node:crypto";
import { DEDUPLICATION_PERIOD } from "@/server/embedded/runner/limits";
import type { Queryable } from "./transaction";

/** The NOTIFY channel that tells the leader about new events. */
export const CHANNEL = "runner";

/** An event as functions receive it. */
export interface Event {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly ts: number;
}

/**
 * Stores events for the leader and wakes it, in the caller's transaction if there is one. Ignores an event whose name
 * and ID were already received within the last 24 hours.
 */
export async function insertEvents(db: Queryable, events: readonly Event[]): Promise<void> {
  const distinct = [...new Map(events.map((event) => [JSON.stringify([event.name, event.id]), event])).values()];
  await db.query(
    `WITH inserted AS (
       INSERT INTO runner.events (name, id, payload, received_at)
       SELECT name, id, payload, now()
       FROM unnest($1::text[], $2::text[], $3::json[]) WITH ORDINALITY AS sent (name, id, payload, position)
       ORDER BY position
       ON CONFLICT (name, id) DO UPDATE SET payload = excluded.payload, received_at = now(), dispatched_at = NULL
       WHERE events.received_at < now() - interval '${DEDUPLICATION_PERIOD}'
     )
     SELECT pg_notify('${CHANNEL}', '')`,
    [
      distinct.map((event) => event.name),
      distinct.map((event) => event.id),
      distinct.map((event) => JSON.stringify(event)),
    ],
  );
}

/** Returns an ID for an event that was sent without one. It is the same for each attempt of the same send. */
export function derivedEventId(seed: string, index: number): string {
  return createHash("sha256").update(`${seed} ${index}`).digest("hex").slice(0, 32);
}
