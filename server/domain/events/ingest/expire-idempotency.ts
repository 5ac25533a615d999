import type { Services } from "@/server/kernel/services";

const LIFETIME = 24 * 60 * 60_000;
/** Small enough that a batch does not hold locks for long. */
const BATCH_SIZE = 5_000;

/** Deletes idempotency keys that are older than 24 hours. */
export async function expireIdempotency(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - LIFETIME).toISOString();
  for (let full = true; full;) {
    const deleted = await services.db.query(
      `DELETE FROM log.idempotency WHERE (environment_pk, key) IN (
         SELECT environment_pk, key FROM log.idempotency WHERE created_at < $1::timestamptz ORDER BY created_at LIMIT $2::int FOR UPDATE SKIP LOCKED
       ) RETURNING 1`,
      [before, BATCH_SIZE],
    );
    full = deleted.length === BATCH_SIZE;
  }
}
