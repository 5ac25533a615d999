import { expect, type Page, type Request } from "@playwright/test";

/** Milliseconds without a request after which a page counts as idle. */
const IDLE = 300;
const traffic = new WeakMap<Page, { readonly open: Set<Request>; since: number }>();

/** Starts counting the page's open requests. Call it before the first navigation, so that none is missed. */
export function watchRequests(page: Page) {
  const watched = traffic.get(page);
  if (watched) return watched;
  const requests = { open: new Set<Request>(), since: Date.now() };
  page.on("request", (request) => void requests.open.add(request));
  const ended = (request: Request) => {
    requests.open.delete(request);
    requests.since = Date.now();
  };
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  traffic.set(page, requests);
  return requests;
}

/** Waits until the page has had no open request for 0.3 s. Unlike `networkidle`, this also works after a click. */
export async function waitForNetworkIdle(page: Page): Promise<void> {
  const requests = watchRequests(page);
  requests.since = Date.now();
  await expect
    .poll(() => requests.open.size === 0 && Date.now() - requests.since >= IDLE, { timeout: 30_000, intervals: [50] })
    .toBe(true);
}
