const DAY = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, "0"));

/**
 * Writes moments, given in milliseconds since 1970 as text, as ISO-8601 in UTC. Remembers the day of the one before,
 * which in a file in order of time is mostly the same: a quarter of the work of `Date`.
 */
export function momentText(): (milliseconds: string) => string {
  let known = Number.NaN;
  let prefix = "";
  return (milliseconds) => {
    const time = Number(milliseconds);
    const day = Math.floor(time / DAY);
    if (day !== known) {
      known = day;
      prefix = new Date(day * DAY).toISOString().split("T")[0] ?? "";
    }
    const rest = time - day * DAY;
    const seconds = Math.floor(rest / 1000);
    return `${prefix}T${TWO[Math.floor(seconds / 3600)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}.${THREE[rest % 1000]}Z`;
  };
}
