import { formatDate, formatOffset, formatTime, type Zone } from "@/components/time/zone";

/** How far a list has come, of which a page may say that it ended before it was full. */
export interface SearchedPage {
  readonly items: readonly unknown[];
  readonly searched: { readonly until: Date; readonly events: number } | null;
}

/**
 * `Searched about 20,000 events, back to 3 Oct 2026, 09:14:05 UTC; none match so far.` Null where the last page ended
 * for another reason: it is full, or there is no more.
 */
export function searchProgressLabel(pages: readonly SearchedPage[], zone: Zone): string | null {
  const searched = pages.at(-1)?.searched;
  if (!searched) return null;
  const { until } = searched;
  // Of a full page it is not known how many were passed over; at least those that it holds.
  const events = pages.reduce((sum, page) => sum + (page.searched?.events ?? page.items.length), 0);
  const found = pages.reduce((sum, page) => sum + page.items.length, 0);
  const match = found === 0 ? "none match" : found === 1 ? "1 matches" : `${found.toLocaleString("en-US")} match`;
  const moment = `${formatDate(until, zone)}, ${formatTime(until, zone)} ${formatOffset(until, zone)}`;
  return `Searched about ${events.toLocaleString("en-US")} events, back to ${moment}; ${match} so far.`;
}
