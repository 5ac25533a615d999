import { formatDate, formatOffset, formatTime, type Zone } from "@/components/time/zone";

/** A page of a list. `searched` is set if the server stopped scanning before the page was full. */
export interface SearchedPage {
  readonly items: readonly unknown[];
  readonly searched: { readonly until: Date; readonly events: number } | null;
}

/**
 * Returns `Searched about 20,000 events, back to 3 Oct 2026, 09:14:05 UTC. No matches yet.`, or null if the last page is
 * full or the end of the list.
 */
export function searchProgressLabel(pages: readonly SearchedPage[], zone: Zone): string | null {
  const searched = pages.at(-1)?.searched;
  if (!searched) return null;
  const { until } = searched;
  // Full pages don't report how many events the server scanned; it was at least the ones they contain.
  const events = pages.reduce((sum, page) => sum + (page.searched?.events ?? page.items.length), 0);
  const found = pages.reduce((sum, page) => sum + page.items.length, 0);
  const matches =
    found === 0 ? "No matches yet." : `${found.toLocaleString("en-US")} ${found === 1 ? "match" : "matches"} so far.`;
  const time = `${formatDate(until, zone)}, ${formatTime(until, zone)} ${formatOffset(until, zone)}`;
  return `Searched about ${events.toLocaleString("en-US")} events, back to ${time}. ${matches}`;
}
