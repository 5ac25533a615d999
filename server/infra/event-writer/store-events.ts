import type { Database } from "@/server/kernel/ports/database";
import type { EventRow } from "@/server/kernel/ports/event-writer";

// An idempotency key is valid for 24 hours; a new event takes over an older key. Rows that the statement does not return
// were replays, or an earlier attempt has stored them whose connection broke after the commit.
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

/** A row as JSON, serialized once: its size counts against the queue's limits, and its batch may be sent several times. */
export interface WrittenRow {
  readonly id: string;
  /** The idempotency key within all environments, which must be unique in a statement; null without one. */
  readonly key: string | null;
  readonly json: string;
}

export function writeRow(row: EventRow): WrittenRow {
  const { id, environmentPk, organizationPk, event, idempotencyKey: key } = row;
  const record = {
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
    key,
  };
  return { id, key: key === null ? null : `${environmentPk}:${key}`, json: JSON.stringify(record) };
}

/** Stores rows in one statement, all or none, and returns the IDs of the rows that were new. */
export async function storeEvents(db: Pick<Database, "query">, rows: readonly WrittenRow[]): Promise<Set<string>> {
  const keys = new Set<string>();
  const records: string[] = [];
  for (const { key, json } of rows) {
    // ON CONFLICT fails if one statement contains a key twice. The second row is a replay of the first.
    if (key !== null && keys.has(key)) continue;
    if (key !== null) keys.add(key);
    records.push(json);
  }
  const stored = await db.query<{ id: string }>(STORE, [`[${records.join(",")}]`], { prepared: "store_events" });
  return new Set(stored.map((each) => each.id));
}
