import type { Retention } from "@/schemas/organizations/retention";

const DAY = 86_400_000;

/** Returns the time before which events are deleted at the time `now`, as the SQL function `log.retention_cutoff` does. */
export function retentionCutoff(now: Date, { days, months }: Retention): Date {
  const byDays = now.getTime() - days * DAY;
  return new Date(Math.min(byDays, months === null ? byDays : monthsBefore(now, months)));
}

/** The same day and time some months earlier, in UTC; the last day of that month if it is shorter. */
function monthsBefore(now: Date, months: number): number {
  const date = new Date(now);
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(now.getUTCDate(), lastDay));
}
