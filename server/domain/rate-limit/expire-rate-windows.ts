import type { Services } from "@/server/kernel/services";

const HOUR = 60 * 60_000;

/** Deletes windows of past minutes. */
export async function expireRateWindows(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - HOUR).toISOString();
  await services.db.query("DELETE FROM rate_window WHERE starts_at < $1::timestamptz", [before]);
}
