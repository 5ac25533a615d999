import { Cron } from "croner";

/**
 * Returns the first tick after `after` of an expression such as `TZ=Europe/Berlin 0 3 * * *`, Inngest's format (UTC
 * without `TZ=`), or null if there is none.
 *
 * @throws Error if the expression does not have five fields or its time zone is unknown.
 */
export function nextTick(expression: string, after: Date): Date | null {
  const match = /^(?:TZ=(\S+)\s+)?(.+)$/.exec(expression.trim());
  return new Cron(match?.[2] ?? "", { timezone: match?.[1] ?? "Etc/UTC", mode: "5-part" }).nextRun(after);
}
