import { Cron } from "croner";

/**
 * The first tick after `after` of Inngest's `TZ=Europe/Berlin 0 3 * * *` (UTC without `TZ=`), or null when there is none.
 * @throws Error when the expression has not five fields, or its time zone is unknown.
 */
export function nextTick(expression: string, after: Date): Date | null {
  const match = /^(?:TZ=(\S+)\s+)?(.+)$/.exec(expression.trim());
  return new Cron(match?.[2] ?? "", { timezone: match?.[1] ?? "Etc/UTC", mode: "5-part" }).nextRun(after);
}
