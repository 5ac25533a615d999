import type { OrganizationScope } from "@/server/kernel/scopes";
import type { EventKey } from "@/server/domain/events/query/event-key";

export async function isEventStored(scope: OrganizationScope, { occurredAt, uuid }: EventKey): Promise<boolean> {
  const rows = await scope.db.query(
    "SELECT 1 FROM log.event WHERE organization_pk = $1 AND occurred_at = $2::timestamptz AND id = $3",
    [scope.organization.pk, occurredAt.toISOString(), uuid],
  );
  return rows.length > 0;
}
