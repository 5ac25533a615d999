import { decodeTime, uuidToULID } from "ulid";
import { ALL_TIME } from "@/schemas/limits";
import type { AuditLogEvent } from "@/schemas/events/event";
import type { EventWarning } from "@/schemas/events/event-warning";
import { recordView } from "@/server/domain/activity/record-view";
import { timeWarnings } from "@/server/domain/events/time-warnings";
import { getRetention } from "@/server/domain/retention/retention";
import { notFound } from "@/server/kernel/errors";
import { parseEventId } from "@/server/kernel/ids";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { EVENT_COLUMNS, type StoredEvent, toEvent } from "@/server/domain/events/query/event-row";

const DAY = 86_400_000;

/** An environment's scope, but not an `OrganizationScope`: its caller may not read events of other organizations. */
type WholeEnvironment = EnvironmentScope & { readonly organization?: never };

interface EventOfOrganization {
  readonly organization: OrganizationScope["organization"];
  readonly event: AuditLogEvent;
}

/**
 * Returns the organization's event, with what people should know about its time, and records the view.
 * @throws DomainError `not_found` if the event does not exist or belongs to another organization
 */
export async function getEvent(
  scope: OrganizationScope,
  id: string,
): Promise<AuditLogEvent & { readonly warnings: readonly EventWarning[] }> {
  const { event } = await eventWithin(scope, id, "organization_pk", scope.organization.pk);
  await recordView(scope, id);
  return { ...event, warnings: timeWarnings(event.occurredAt, scope.now(), await getRetention(scope)) };
}

/**
 * Returns an event of any organization in the environment and records the view.
 * @throws DomainError `not_found` if the event does not exist, belongs to another environment, or its organization is
 * deleted
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
  // An event's ID contains the day on which it was received. Most events are received on the day they occur, so the first
  // query reads one or two partitions. IDs have no index of their own, so the second query reads the whole log.
  // An ID can contain years up to 10889, and a client can send any ID.
  const received = Math.min(decodeTime(uuidToULID(uuid)), ALL_TIME.to.getTime() - DAY);
  const row =
    (await find(uuid, new Date(received - DAY).toISOString(), new Date(received + DAY).toISOString())) ??
    (await find(uuid, "-infinity", "infinity"));
  if (!row) throw notFound("Audit Log Event", id);
  return { organization: { pk: row.of_pk, id: row.of_id, name: row.of_name }, event: toEvent(row) };
}
