import { decodeTime, uuidToULID } from "ulid";
import type { AuditLogEvent } from "@/schemas/event";
import { recordView } from "@/server/domain/activity/record-view";
import { notFound } from "@/server/errors";
import { parseEventId } from "@/server/ids";
import { READ_PATIENCE } from "@/server/patience";
import type { OrganizationScope } from "@/server/services";
import { EVENT_COLUMNS, type StoredEvent, toEvent } from "./event-row";

const DAY = 86_400_000;

/** @throws DomainError `not_found`, also when the event is another organization's */
export async function getEvent(scope: OrganizationScope, id: string): Promise<AuditLogEvent> {
  const uuid = parseEventId(id);
  if (uuid === null) throw notFound("Event", id);
  // Most events are received on the day they happen, and their id holds that day; the whole log is the second guess,
  // since ids have no index of their own.
  const received = decodeTime(uuidToULID(uuid));
  const row =
    (await findEvent(scope, uuid, received - DAY, received + DAY)) ??
    (await findEvent(scope, uuid, -Infinity, Infinity));
  if (!row) throw notFound("Event", id);
  await recordView(scope, id);
  return toEvent(row);
}

async function findEvent(
  scope: OrganizationScope,
  uuid: string,
  from: number,
  to: number,
): Promise<StoredEvent | undefined> {
  const bound = (time: number) =>
    Number.isFinite(time) ? new Date(time).toISOString() : time < 0 ? "-infinity" : "infinity";
  const rows = await scope.db.query<StoredEvent>(
    `SELECT ${EVENT_COLUMNS} FROM log.event e
     WHERE e.organization_pk = $1 AND e.id = $2 AND e.occurred_at >= $3::timestamptz AND e.occurred_at <= $4::timestamptz LIMIT 1`,
    [scope.organization.pk, uuid, bound(from), bound(to)],
    { timeout: READ_PATIENCE },
  );
  return rows[0];
}
