import type { Services } from "@/server/services";

const MONTHS_AHEAD = 3;

/**
 * Makes the partitions of this month and the next three, so that events seldom land in the default one. One for which the
 * log is too busy at the moment is made by a later call.
 */
export async function ensurePartitions(services: Services): Promise<void> {
  const now = services.now();
  for (let month = 0; month <= MONTHS_AHEAD; month += 1) {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1));
    const day = first.toISOString().slice(0, 10);
    const [made] = await services.db.query<{ isThere: boolean }>(`SELECT log.ensure_month($1::date) AS "isThere"`, [
      day,
    ]);
    if (made?.isThere !== true) services.log.warn({ month: day }, "a month's partition could not be made yet");
  }
}
