import { z } from "zod";
import { MAX_RETENTION_DAYS } from "@/schemas/limits";

/** How many days events are kept. */
export const retentionDays = z.number().int("must be a whole number of days").min(1).max(MAX_RETENTION_DAYS);

const DAYS = { MONTH: 365 / 12, YEAR: 365 } as const;

/** Converts `1_MONTH` … `11_MONTHS` and `1_YEAR` … `10_YEARS` to days. Returns null for other text. */
export function retentionPeriodInDays(period: string): number | null {
  const [, count = "", unit] = /^([1-9]|1[01])_(MONTH|YEAR)S?$/.exec(period) ?? [];
  if (unit !== "MONTH" && unit !== "YEAR") return null;
  if (unit === "YEAR" && Number(count) > 10) return null;
  return unit === "MONTH" && Number(count) === 1 ? 30 : Math.round(Number(count) * DAYS[unit]);
}
