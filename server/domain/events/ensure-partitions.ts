import type { Services } from "@/server/services";

const MONTHS_AHEAD = 3;

/** Makes the partitions of this month and the next three, so that events seldom land in the default one. */
export async function ensurePartitions(services: Services): Promise<void> {
  const now = services.now();
  for (let month = 0; month <= MONTHS_AHEAD; month += 1) {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1));
    await services.db.query("SELECT log.ensure_month($1::date)", [first.toISOString().slice(0, 10)]);
  }
}
