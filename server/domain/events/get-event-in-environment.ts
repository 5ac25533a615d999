import { decodeTime, uuidToULID } from "ulid";
import type { AuditLogEvent } from "@/schemas/event";
import { notFound } from "@/server/errors";
import { parseEventId } from "@/server/ids";
import { READ_PATIENCE } from "@/server/patience";
import type { EnvironmentScope } from "@/server/services";
import { EVENT_COLUMNS, type StoredEvent, toEvent } from "./event-row";

const DAY = 86_400_000;

/** An environment's scope and not a narrower one: who may see one organization must not reach the others by it. */
type WholeEnvironment = EnvironmentScope & { readonly organization?: never };

export interface EventOfOrganization {
  readonly organizationId: string;
  readonly event: AuditLogEvent;
}

/**
 * An event by its id alone.
 * @throws DomainError `not_found`, also when the event is another environment's or its organization is deleted
 */
export async function getEventInEnvironment(scope: WholeEnvironment, id: string): Promise<EventOfOrganization> {
  const uuid = parseEventId(id);
  if (uuid === null) throw notFound("Audit Log Event", id);
  // Most events are received on the day they happen, and their id holds that day: one or two partitions are looked at.
  // The whole log is the second guess.
  const received = decodeTime(uuidToULID(uuid));
  const row =
    (await findEvent(scope, uuid, new Date(received - DAY).toISOString(), new Date(received + DAY).toISOString())) ??
    (await findEvent(scope, uuid, "-infinity", "infinity"));
  if (!row) throw notFound("Audit Log Event", id);
  return { organizationId: row.organization_id, event: toEvent(row) };
}

async function findEvent(scope: EnvironmentScope, uuid: string, from: string, to: string) {
  const [row] = await scope.db.query<StoredEvent & { organization_id: string }>(
    `SELECT ${EVENT_COLUMNS}, o.id AS organization_id FROM log.event e JOIN organization o ON o.pk = e.organization_pk
     WHERE e.id = $1 AND e.environment_pk = $2 AND o.deleted_at IS NULL
       AND e.occurred_at >= $3::timestamptz AND e.occurred_at <= $4::timestamptz LIMIT 1`,
    [uuid, scope.environment.pk, from, to],
    { timeout: READ_PATIENCE },
  );
  return row;
}
