/** How far the server's clock is ahead of the browser's, in milliseconds. Always 0 on the server itself. */
let ahead = 0;

/** Returns the server's current time in milliseconds: the browser's clock can be hours off. */
export function serverNow(): number {
  return toServerTime(Date.now());
}

/** Converts a time on the browser's clock to the server's. */
export function toServerTime(browserTime: number): number {
  return browserTime + ahead;
}

/** Sets the clock from `now`, the time at which the server rendered the page. */
export function startServerClock(now: number): void {
  const [page] = performance.getEntriesByType("navigation");
  const elapsed = page && "responseStart" in page ? performance.now() - Number(page.responseStart) : 0;
  ahead = now + elapsed - Date.now();
}

/**
 * Corrects the clock by the `Date` header of a response, which has full seconds. The server created it between the two
 * times at which the browser sent the request (`sentAt`) and received the response (now).
 */
export function correctServerClock(date: string | null, sentAt: number): void {
  const time = Date.parse(date ?? "");
  if (Number.isNaN(time)) return;
  ahead = Math.min(Math.max(ahead, time - Date.now()), time + 1000 - sentAt);
}
