import type { CappedCount } from "@/schemas/paging";
import type { EnvironmentScope } from "@/server/kernel/scopes";

/** Counts stop here, so that they stay fast. */
const CAP = 10_000;

interface EventStats {
  readonly lastEventAt: Date;
  readonly events: CappedCount;
}

/** Returns the time of the newest event and the number of events of each organization that has events, by pk. */
export async function readEventStats(
  scope: EnvironmentScope,
  organizationPks: readonly number[],
): Promise<ReadonlyMap<number, EventStats>> {
  const rows = await scope.db.query<{ pk: number; newest: Date; counted: number }>(
    `SELECT o.pk, newest.occurred_at AS newest, counted.count AS counted FROM unnest($1::int[]) AS o(pk)
     CROSS JOIN LATERAL (
       SELECT e.occurred_at FROM log.event e WHERE e.organization_pk = o.pk ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1
     ) AS newest
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS count FROM (SELECT FROM log.event e WHERE e.organization_pk = o.pk LIMIT ${CAP + 1}) AS capped
     ) AS counted`,
    [organizationPks],
  );
  return new Map(
    rows.map(({ pk, newest, counted }) => {
      return [pk, { lastEventAt: newest, events: { count: Math.min(counted, CAP), capped: counted > CAP } }];
    }),
  );
}

/**
 * Returns an organization that has events, or null if none of the environment's newest thousand has any. Costs at most a
 * thousand index lookups.
 */
export async function findOrganizationWithEvents(scope: EnvironmentScope): Promise<{ readonly id: string } | null> {
  const [found] = await scope.db.query<{ id: string }>(
    `SELECT o.id FROM (
       SELECT pk, id FROM organization WHERE environment_pk = $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT 1000
     ) AS o
     CROSS JOIN LATERAL (SELECT FROM log.event e WHERE e.organization_pk = o.pk LIMIT 1) AS found LIMIT 1`,
    [scope.environment.pk],
  );
  return found ?? null;
}
