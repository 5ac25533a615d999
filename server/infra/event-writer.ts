import { DomainError } from "@/server/errors";
import type { Database, EventRow, EventWriter, Logger } from "@/server/services";

/** Two batches are committed at a time while the next one gathers. */
const CONNECTIONS = 2;
const LARGEST_BATCH = 500;
/** Events that wait for a commit; beyond it the answer is 503 rather than growing memory. */
const LONGEST_QUEUE = 20_000;

// A key counts for 24 hours: an older one is taken over as if it were new. What is not returned was a replay, or was
// stored by a batch whose connection broke before it could say so.
const STORE = `
WITH input AS (
  SELECT * FROM json_to_recordset($1::json) AS r(
    id uuid, environment_pk int, organization_pk int, action text, version int, occurred_at timestamptz,
    actor_id text, actor_type text, actor_name text, actor_metadata json, targets json, target_types json, target_ids json,
    location text, user_agent text, metadata json, key text)
), fresh AS (
  INSERT INTO log.idempotency AS known (environment_pk, key, event_id)
  SELECT environment_pk, decode(key, 'hex'), id FROM input WHERE key IS NOT NULL ORDER BY environment_pk, key
  ON CONFLICT (environment_pk, key) DO UPDATE SET event_id = excluded.event_id, created_at = now()
    WHERE known.created_at < now() - interval '24 hours'
  RETURNING event_id
)
INSERT INTO log.event (id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, actor_name,
  actor_metadata, targets, target_types, target_ids, location, user_agent, metadata)
SELECT id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, actor_name, actor_metadata, targets,
  ARRAY(SELECT json_array_elements_text(target_types)), ARRAY(SELECT json_array_elements_text(target_ids)), location, user_agent, metadata
FROM input WHERE key IS NULL OR id IN (SELECT event_id FROM fresh)
ON CONFLICT DO NOTHING
RETURNING id`;

type Result = "stored" | "replayed";
interface Waiting {
  readonly row: EventRow;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: events that arrive while a batch is being committed go into the next one; no timer. Each caller is
 * answered only after its batch has been committed.
 */
export function createEventWriter(db: Database, log: Logger): EventWriter {
  const queue: Waiting[] = [];
  let running = 0;

  async function work() {
    running += 1;
    try {
      for (let batch = queue.splice(0, LARGEST_BATCH); batch.length > 0; batch = queue.splice(0, LARGEST_BATCH))
        await commit(batch);
    } finally {
      running -= 1;
    }
  }

  async function commit(batch: readonly Waiting[]) {
    try {
      const stored = await store(
        db,
        batch.map((each) => each.row),
      );
      for (const each of batch) each.resolve(stored.has(each.row.id) ? "stored" : "replayed");
    } catch (error) {
      if (batch.length === 1) return batch[0]?.reject(error);
      // One event that the database does not take must not fail its neighbours.
      log.warn({ error: String(error), events: batch.length }, "a batch of events failed and is retried one by one");
      for (const each of batch) await commit([each]);
    }
  }

  return {
    write(row) {
      if (queue.length >= LONGEST_QUEUE) {
        return Promise.reject(
          new DomainError("unavailable", "Too many events are waiting to be stored. Try again in a moment."),
        );
      }
      return new Promise((resolve, reject) => {
        queue.push({ row, resolve, reject });
        if (running < CONNECTIONS) void work();
      });
    },
  };
}

/** Stores rows in one statement, and answers the ids of those that were new. */
async function store(db: Database, rows: readonly EventRow[]): Promise<Set<string>> {
  const keys = new Set<string>();
  const records: object[] = [];
  for (const row of rows) {
    const record = toRecord(row);
    // ON CONFLICT cannot meet the same key twice in one statement: the second is a replay of the first.
    const key = record.key === null ? null : `${row.environmentPk}:${record.key}`;
    if (key !== null && keys.has(key)) continue;
    if (key !== null) keys.add(key);
    records.push(record);
  }
  const stored = await db.query<{ id: string }>(STORE, [JSON.stringify(records)]);
  return new Set(stored.map((each) => each.id));
}

function toRecord({ id, environmentPk, organizationPk, event, idempotencyKey }: EventRow) {
  return {
    id,
    environment_pk: environmentPk,
    organization_pk: organizationPk,
    action: event.action,
    version: event.version,
    occurred_at: event.occurredAt,
    actor_id: event.actor.id,
    actor_type: event.actor.type,
    actor_name: event.actor.name,
    actor_metadata: event.actor.metadata,
    targets: event.targets,
    target_types: [...new Set(event.targets.map((target) => target.type))].toSorted(),
    target_ids: [...new Set(event.targets.map((target) => target.id))],
    location: event.context.location,
    user_agent: event.context.userAgent,
    metadata: event.metadata,
    key: idempotencyKey === null ? null : Buffer.from(idempotencyKey).toString("hex"),
  };
}
