import { deleteEvents } from "@/server/domain/events/delete-events";
import type { Services } from "@/server/kernel/services";
import { retentionCutoff } from "./retention-cutoff";

/** Policies per query. */
const PAGE = 100;

/**
 * Deletes events that are older than their organization's policy allows, organization by organization, for at most about
 * `milliseconds`. While an organization has an unfinished export, its events are kept until the next night.
 * @param after the position returned by the previous call; 0 to start
 * @returns the position to continue from, or null once all organizations are done
 */
export async function enforceRetention(
  services: Services,
  after: number,
  milliseconds = 10_000,
): Promise<number | null> {
  const policies = await services.db.query<{ organizationPk: number; days: number; months: number | null }>(
    `SELECT organization_pk AS "organizationPk", days, months FROM retention_policy WHERE organization_pk > $1
     ORDER BY organization_pk LIMIT ${PAGE}`,
    [after],
  );
  const until = performance.now() + milliseconds;
  for (const { organizationPk, ...retention } of policies) {
    const before = retentionCutoff(services.now(), retention);
    if (!(await deleteEvents(services, { organizationPk, before }, until))) return organizationPk - 1;
    if (performance.now() >= until) return organizationPk;
  }
  return policies.at(-1)?.organizationPk ?? null;
}
