import { deleteEvents } from "@/server/domain/events/delete-events";
import type { Services } from "@/server/kernel/services";

const DAY = 86_400_000;
/** Policies that are read at once. */
const PAGE = 100;
/** More months than a log is ever behind with. */
const MOST_MONTHS = 1_000;

/**
 * Deletes the events that are older than their organization's policy allows, organization by organization, for at most
 * about `milliseconds`. From the wish for an export to its end nothing of its organization goes: what is left is the
 * next night's.
 * @param after where to go on, 0 at first
 * @returns where to go on, or null when all organizations have been seen to
 */
export async function enforceRetention(
  services: Services,
  after: number,
  milliseconds = 10_000,
): Promise<number | null> {
  const policies = await services.db.query<{ organizationPk: number; days: number }>(
    `SELECT organization_pk AS "organizationPk", days FROM retention_policy WHERE organization_pk > $1
     ORDER BY organization_pk LIMIT ${PAGE}`,
    [after],
  );
  const until = performance.now() + milliseconds;
  for (const { organizationPk, days } of policies) {
    const before = new Date(services.now().getTime() - days * DAY);
    if (!(await deleteEvents(services, { organizationPk, before }, until))) return organizationPk - 1;
    if (performance.now() >= until) return organizationPk;
  }
  return policies.at(-1)?.organizationPk ?? null;
}

/**
 * Drops or empties the months, and the history before them, in which every event has outlived its organization's policy:
 * at once and with their space, where deleting the rows would take hours. One whose lock is not free within a moment stays
 * for the next night.
 * @returns the names of the tables
 */
export async function dropExpiredMonths(services: Services): Promise<string[]> {
  const dropped: string[] = [];
  while (dropped.length < MOST_MONTHS) {
    const [row] = await services.db.query<{ name: string | null }>(
      "SELECT log.drop_expired_month($1::timestamptz) AS name",
      [services.now().toISOString()],
    );
    if (!row?.name) return dropped;
    dropped.push(row.name);
  }
  return dropped;
}
