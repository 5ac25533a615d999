import type { Services } from "@/server/kernel/services";

const MONTHS_AHEAD = 3;

/**
 * Creates the partitions of this month and the next three, and of earlier months for which no one created them, so that
 * few events are stored in the default partition. If the log is too busy for a partition, a later call creates it.
 */
export async function ensurePartitions(services: Services): Promise<void> {
  const missing = await services.db.query<{ day: string }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM generate_series(
       (SELECT max(m.first_day) + interval '1 month' FROM log.month m),
       date_trunc('month', $1::timestamptz AT TIME ZONE 'UTC') + make_interval(months => ${MONTHS_AHEAD}), '1 month') AS day`,
    [services.now().toISOString()],
  );
  for (const { day } of missing) {
    const [created] = await services.db.query<{ isThere: boolean }>(`SELECT log.ensure_month($1::date) AS "isThere"`, [
      day,
    ]);
    if (created?.isThere === true) continue;
    services.log.warn({ month: day }, "log is busy, partition is created later");
    return;
  }
}
