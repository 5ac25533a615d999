import type { Services } from "@/server/kernel/services";

/** More months than can ever be due; bounds the loop. */
const MAX_MONTHS = 1_000;

/**
 * Drops or truncates the monthly partitions, and the one for all earlier events, in which every event is older than its
 * organization's policy allows. This frees their space immediately; deleting the rows would take hours. A partition
 * that cannot be locked quickly stays until the next night.
 * @returns the names of the tables
 */
export async function dropExpiredMonths(services: Services): Promise<string[]> {
  const dropped: string[] = [];
  while (dropped.length < MAX_MONTHS) {
    const [row] = await services.db.query<{ name: string | null }>(
      "SELECT log.drop_expired_month($1::timestamptz) AS name",
      [services.now().toISOString()],
    );
    if (!row?.name) return dropped;
    dropped.push(row.name);
  }
  return dropped;
}
