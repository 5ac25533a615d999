/** How long events are kept. */
export interface Retention {
  /** As the SDKs document it: 30 days per month and 365 per year. */
  readonly days: number;
  /** Set for a period of months or years. It ends by the calendar, and never before `days`. */
  readonly months: number | null;
}

/** Parses `1_MONTH` … `11_MONTHS` and `1_YEAR` … `10_YEARS`. Returns null for other text. */
export function parseRetentionPeriod(period: string): Retention | null {
  const [, text = "", unit] = /^([1-9]|1[01])_(MONTH|YEAR)S?$/.exec(period) ?? [];
  const count = Number(text);
  if (unit === "MONTH") return { days: 30 * count, months: count };
  if (unit === "YEAR" && count <= 10) return { days: 365 * count, months: 12 * count };
  return null;
}

/** Formats how long events are kept, such as `30 days`, `6 months` or `1 year`. */
export function formatRetention({ days, months }: Retention): string {
  if (months === null) return counted(days, "day");
  return months % 12 === 0 ? counted(months / 12, "year") : counted(months, "month");
}

function counted(count: number, unit: string): string {
  return `${count} ${count === 1 ? unit : `${unit}s`}`;
}
