import { decodeTime, uuidToULID } from "ulid";
import { ALL_TIME } from "@/schemas/limits";
import type { AuditLogEvent } from "@/schemas/events/event";
import { recordView } from "@/server/domain/activity/record-view";
import { notFound } from "@/server/kernel/errors";
import { parseEventId } from "@/server/kernel/ids";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { EVENT_COLUMNS, type StoredEvent, toEvent } from "@/server/domain/events/query/event-row";

const DAY = 86_400_000;

/** An environment's scope and not a narrower one: who may see one organization must not reach the others by it. */
type WholeEnvironment = EnvironmentScope & { readonly organization?: never };

interface EventOfOrganization {
  readonly organization: OrganizationScope["organization"];
  readonly event: AuditLogEvent;
}

/** @throws DomainError `not_found`, also when the event is another organization's */
export async function getEvent(scope: OrganizationScope, id: string): Promise<AuditLogEvent> {
  const { event } = await eventWithin(scope, id, "organization_pk", scope.organization.pk);
  await recordView(scope, id);
  return event;
}

/**
 * An event by its id alone.
 * @throws DomainError `not_found`, also when the event is another environment's or its organization is deleted
 */
export async function getEventInEnvironment(
  scope: WholeEnvironment,
  id: string,
): Promise<{ readonly organizationId: string; readonly event: AuditLogEvent }> {
  const { organization, event } = await eventWithin(scope, id, "environment_pk", scope.environment.pk);
  await recordView({ ...scope, organization }, id);
  return { organizationId: organization.id, event };
}

async function eventWithin(
  services: Services,
  id: string,
  column: "organization_pk" | "environment_pk",
  pk: number,
): Promise<EventOfOrganization> {
  const find = async (uuid: string, from: string, to: string) => {
    const [row] = await services.db.query<StoredEvent & { of_pk: number; of_id: string; of_name: string }>(
      `SELECT ${EVENT_COLUMNS}, o.pk AS of_pk, o.id AS of_id, o.name AS of_name FROM log.event e JOIN organization o ON o.pk = e.organization_pk
       WHERE e.id = $1 AND e.${column} = $2 AND o.deleted_at IS NULL
         AND e.occurred_at >= $3::timestamptz AND e.occurred_at <= $4::timestamptz LIMIT 1`,
      [uuid, pk, from, to],
      { timeout: READ_TIMEOUT },
    );
    return row;
  };
  const uuid = parseEventId(id);
  if (uuid === null) throw notFound("Audit Log Event", id);
  // Most events are received on the day they happen, and their id holds that day: one or two partitions are looked at.
  // The whole log is the second guess, since ids have no index of their own.
  // An id has room for years up to 10889, and whoever asks can make one up.
  const received = Math.min(decodeTime(uuidToULID(uuid)), ALL_TIME.to.getTime() - DAY);
  const row =
    (await find(uuid, new Date(received - DAY).toISOString(), new Date(received + DAY).toISOString())) ??
    (await find(uuid, "-infinity", "infinity"));
  if (!row) throw notFound("Audit Log Event", id);
  return { organization: { pk: row.of_pk, id: row.of_id, name: row.of_name }, event: toEvent(row) };
}
