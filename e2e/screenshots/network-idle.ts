import { expect, type Page, type Request } from "@playwright/test";

const QUIET = 300;
const traffic = new WeakMap<Page, { readonly open: Set<Request>; since: number }>();

/** Notes what the page asks for from now on; before it goes anywhere, for `quiet` to know all of it. */
export function watch(page: Page) {
  const watched = traffic.get(page);
  if (watched) return watched;
  const heard = { open: new Set<Request>(), since: Date.now() };
  page.on("request", (request) => void heard.open.add(request));
  const ended = (request: Request) => {
    heard.open.delete(request);
    heard.since = Date.now();
  };
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  traffic.set(page, heard);
  return heard;
}

/** Waits until the page has asked for nothing for 0.3 s from now; unlike `networkidle` also after something was pressed. */
export async function quiet(page: Page): Promise<void> {
  const heard = watch(page);
  heard.since = Date.now();
  await expect
    .poll(() => heard.open.size === 0 && Date.now() - heard.since >= QUIET, { timeout: 15_000, intervals: [50] })
    .toBe(true);
}
