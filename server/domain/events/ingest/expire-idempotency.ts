import type { Services } from "@/server/kernel/services";

const LIFETIME = 24 * 60 * 60_000;
/** Few enough that a batch holds no lock for long. */
const BATCH = 5_000;

/** Forgets idempotency keys that no longer count. */
export async function expireIdempotency(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - LIFETIME).toISOString();
  for (let full = true; full;) {
    const deleted = await services.db.query(
      `DELETE FROM log.idempotency WHERE (environment_pk, key) IN (
         SELECT environment_pk, key FROM log.idempotency WHERE created_at < $1::timestamptz ORDER BY created_at LIMIT $2::int FOR UPDATE SKIP LOCKED
       ) RETURNING 1`,
      [before, BATCH],
    );
    full = deleted.length === BATCH;
  }
}
