import { setTimeout as pause } from "node:timers/promises";
import type { Services } from "@/server/kernel/services";

/** Few enough that a batch holds no lock for long. */
const BATCH = 5_000;
const NO_EXPORT = "NOT EXISTS (SELECT FROM audit_log_export x WHERE x.organization_pk = $1 AND x.state = 'pending')";

export interface Deletion {
  readonly organizationPk: number;
  /** Exclusive, and nothing goes while an export of the organization is pending; null deletes all in any case. */
  readonly before: Date | null;
}

/**
 * Deletes an organization's events, oldest first, in small batches and with a pause after each that is as long as the
 * batch took, so that ingest keeps half of the disk whatever there is to delete.
 * @param until when to stop, on the process's clock (`performance.now()`); one batch is always done
 * @returns whether that was all
 */
export async function deleteEvents(services: Services, deletion: Deletion, until: number): Promise<boolean> {
  for (;;) {
    const started = performance.now();
    if (await deleteBatch(services, deletion)) return true;
    const ended = performance.now();
    if (ended >= until) return false;
    await pause(ended - started);
  }
}

/** By the range of its keys rather than row by row, so that each batch is one scan of one index. */
async function deleteBatch(services: Services, { organizationPk, before }: Deletion): Promise<boolean> {
  const end = before?.toISOString() ?? "infinity";
  // In the statement that deletes: one that began without seeing the export is waited for before its rows are counted.
  const free = before === null ? "" : ` AND ${NO_EXPORT}`;
  const [last] = await services.db.query<{ occurred_at: Date; id: string }>(
    `SELECT e.occurred_at, e.id FROM log.event e WHERE e.organization_pk = $1 AND e.occurred_at < $2::timestamptz${free}
     ORDER BY e.occurred_at, e.id OFFSET ${BATCH - 1} LIMIT 1`,
    [organizationPk, end],
  );
  if (last) {
    await services.db.query(
      `DELETE FROM log.event e WHERE e.organization_pk = $1 AND e.occurred_at <= $2::timestamptz
         AND (e.occurred_at, e.id) <= ($2::timestamptz, $3::uuid)${free}`,
      [organizationPk, last.occurred_at.toISOString(), last.id],
    );
    return false;
  }
  await services.db.query(
    `DELETE FROM log.event e WHERE e.organization_pk = $1 AND e.occurred_at < $2::timestamptz${free}`,
    [organizationPk, end],
  );
  return true;
}
