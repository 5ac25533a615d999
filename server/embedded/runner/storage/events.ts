import { createHash } from "node:crypto";
import { DEDUPLICATION } from "@/server/embedded/runner/limits";
import type { Queryable } from "./transaction";

/** The channel on which the leader hears of new events. */
export const CHANNEL = "runner";

/** An event as functions see it. */
export interface Event {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly ts: number;
}

/**
 * Keeps events for the leader and wakes it, with the caller's transaction if there is one.
 * An event whose name and id came within the last 24 hours is the same event, and no second one.
 */
export async function insertEvents(db: Queryable, events: readonly Event[]): Promise<void> {
  const distinct = [...new Map(events.map((event) => [JSON.stringify([event.name, event.id]), event])).values()];
  await db.query(
    `WITH inserted AS (
       INSERT INTO runner.events (name, id, payload)
       SELECT name, id, payload
       FROM unnest($1::text[], $2::text[], $3::json[]) WITH ORDINALITY AS sent (name, id, payload, position)
       ORDER BY position
       ON CONFLICT (name, id) DO UPDATE SET payload = excluded.payload, received_at = now(), dispatched_at = NULL
       WHERE events.received_at < now() - interval '${DEDUPLICATION}'
     )
     SELECT pg_notify('${CHANNEL}', '')`,
    [
      distinct.map((event) => event.name),
      distinct.map((event) => event.id),
      distinct.map((event) => JSON.stringify(event)),
    ],
  );
}

/** The id of an event that came without one: the same for each attempt at one send. */
export function derivedEventId(seed: string, index: number): string {
  return createHash("sha256").update(`${seed} ${index}`).digest("hex").slice(0, 32);
}
