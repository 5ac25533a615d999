import type { NewEvent } from "@/schemas/events/event";
import type { MetadataSchema, SchemaProposal } from "@/schemas/event-schemas/event-schema";
import { EVENT_LIMITS } from "@/schemas/limits";
import { EVENT_COLUMNS, type StoredEvent, toEvent } from "@/server/domain/events/query/event-row";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { EnvironmentScope } from "@/server/kernel/scopes";

/** The newest events of the newest organizations are enough to infer a schema and bound the query. */
const MAX_ORGANIZATIONS = 50;
const MAX_EVENTS_PER_ORGANIZATION = 20;
const MAX_EVENTS = 200;

/**
 * Returns a schema that the action's recent events conform to: the target types that all of them have, and metadata keys
 * with the types that occurred, required if they were never missing. Of too many keys, it has the most frequent ones.
 */
export async function proposeSchema(scope: EnvironmentScope, action: string): Promise<SchemaProposal> {
  const rows = await scope.db.query<StoredEvent>(
    `SELECT ${EVENT_COLUMNS} FROM (
       SELECT pk FROM organization WHERE environment_pk = $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT ${MAX_ORGANIZATIONS}
     ) AS o CROSS JOIN LATERAL (
       SELECT * FROM log.event e WHERE e.organization_pk = o.pk AND e.action = $2
       ORDER BY e.occurred_at DESC, e.id DESC LIMIT ${MAX_EVENTS_PER_ORGANIZATION}
     ) AS e LIMIT ${MAX_EVENTS}`,
    [scope.environment.pk, action],
    { timeout: READ_TIMEOUT },
  );
  const events = rows.map(toEvent);
  const schema = {
    targets: commonTargetTypes(events).map((type) => {
      const targets = events.flatMap((event) => event.targets.filter((target) => target.type === type));
      return { type, metadata: inferMetadata(targets.map((target) => target.metadata)) };
    }),
    actorMetadata: inferMetadata(events.map((event) => event.actor.metadata)),
    metadata: inferMetadata(events.map((event) => event.metadata)),
  };
  return { events: events.length, schema };
}

/** A declared target type is required, so only types that every event has can be declared. */
function commonTargetTypes(events: readonly NewEvent[]): string[] {
  const [first, ...rest] = events;
  const types = new Set(first?.targets.map((target) => target.type));
  return [...types].filter((type) => rest.every((event) => event.targets.some((target) => target.type === type)));
}

function inferMetadata(seen: readonly NewEvent["metadata"][]): MetadataSchema | null {
  const types = new Map<string, Set<"string" | "number" | "boolean">>();
  const counts = new Map<string, number>();
  for (const [key, value] of seen.flatMap((metadata) => Object.entries(metadata ?? {}))) {
    // An event may have an empty key, which a schema cannot describe.
    if (key === "") continue;
    const kind = typeof value === "string" ? "string" : typeof value === "number" ? "number" : "boolean";
    types.set(key, (types.get(key) ?? new Set()).add(kind));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (types.size === 0) return null;
  // Events may have more different keys than a schema may describe; keys that every event has come first.
  const described = [...types]
    .toSorted(([one], [other]) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0))
    .slice(0, EVENT_LIMITS.metadataKeys);
  const properties = described.map(([key, kinds]) => {
    const [only, ...others] = kinds;
    return [key, { type: only !== undefined && others.length === 0 ? only : [...kinds] }] as const;
  });
  const required = [...types.keys()].filter((key) => counts.get(key) === seen.length);
  return { type: "object", properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) };
}
