import type { Services } from "@/server/kernel/services";

const MONTHS_AHEAD = 3;

/**
 * Makes the partitions of this month and the next three, and of months before them that nobody was there to make, so that
 * events seldom land in the default one. Those for which the log is too busy at the moment are made by a later call.
 */
export async function ensurePartitions(services: Services): Promise<void> {
  const missing = await services.db.query<{ day: string }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM generate_series(
       (SELECT max(m.first_day) + interval '1 month' FROM log.month m),
       date_trunc('month', $1::timestamptz AT TIME ZONE 'UTC') + make_interval(months => ${MONTHS_AHEAD}), '1 month') AS day`,
    [services.now().toISOString()],
  );
  for (const { day } of missing) {
    const [made] = await services.db.query<{ isThere: boolean }>(`SELECT log.ensure_month($1::date) AS "isThere"`, [
      day,
    ]);
    if (made?.isThere === true) continue;
    services.log.warn({ month: day }, "a month's partition could not be made yet");
    return;
  }
}
