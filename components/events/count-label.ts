/** Returns `1,234 events`, `10,000+ events`, `1 event`, `No events`, or `Counting…` if a capped count found none so far. */
export function countLabel({ count, capped }: { readonly count: number; readonly capped: boolean }): string {
  if (count === 0) return capped ? "Counting…" : "No events";
  return `${count.toLocaleString("en-US")}${capped ? "+" : ""} ${count === 1 && !capped ? "event" : "events"}`;
}
