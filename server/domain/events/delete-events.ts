import { setTimeout as pause } from "node:timers/promises";
import type { Services } from "@/server/kernel/services";

/** Small enough that a batch does not hold locks for long. */
const BATCH_SIZE = 5_000;
const NO_EXPORT = "NOT EXISTS (SELECT FROM audit_log_export x WHERE x.organization_pk = $1 AND x.state = 'pending')";

export interface Deletion {
  readonly organizationPk: number;
  /** Exclusive; nothing is deleted while an export of the organization is pending. Null deletes all events in any case. */
  readonly before: Date | null;
}

/**
 * Deletes an organization's events, oldest first, in small batches. After each batch it pauses for as long as the batch
 * took, so that ingest keeps half of the disk's capacity.
 * @param until when to stop, as `performance.now()`; at least one batch is deleted
 * @returns whether all events are deleted
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

/** Deletes a range of keys rather than single rows, so that each batch scans one index once. Returns whether it was the last. */
async function deleteBatch(services: Services, { organizationPk, before }: Deletion): Promise<boolean> {
  const end = before?.toISOString() ?? "infinity";
  // The deleting statement itself checks for exports. An export waits for a statement that started before it was visible
  // and counts its rows afterwards.
  const free = before === null ? "" : ` AND ${NO_EXPORT}`;
  const [last] = await services.db.query<{ occurred_at: Date; id: string }>(
    `SELECT e.occurred_at, e.id FROM log.event e WHERE e.organization_pk = $1 AND e.occurred_at < $2::timestamptz${free}
     ORDER BY e.occurred_at, e.id OFFSET ${BATCH_SIZE - 1} LIMIT 1`,
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
