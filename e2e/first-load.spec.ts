import { readdir } from "node:fs/promises";
import path from "node:path";
import type { BrowserContext } from "@playwright/test";
import { addressOf, PORTAL_PAGES, PUBLIC_PAGES, SIGNPOSTS, STAFF_PAGES } from "./page-list";
import { expect, test } from "./fixtures";
import { screenUrls } from "@/e2e/screenshots/screen-urls";
import { openPortal } from "./portal-link";

const MOST_BYTES = 180_000;

/** Opens the page with an empty cache and answers the bytes of each script that came before it was touched. */
async function scriptsOf(context: BrowserContext, address: string): Promise<Record<string, number>> {
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByLabel(/^Loading/)).toHaveCount(0);
  return page.evaluate(() =>
    Object.fromEntries(
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
        // As it came over the wire, without headers; nothing of it was in the cache.
        .map(({ name, encodedBodySize }) => [name, encodedBodySize]),
    ),
  );
}

async function expectLight(context: BrowserContext, address: string): Promise<void> {
  const scripts = await scriptsOf(context, address);
  const bytes = Object.values(scripts).reduce((sum, each) => sum + each, 0);
  test.info().annotations.push({ type: "compressed JavaScript", description: `${(bytes / 1000).toFixed(1)} kB` });
  // A page without its scripts has not been measured.
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes, JSON.stringify(scripts, null, 2)).toBeLessThan(MOST_BYTES);
}

test.describe("all scripts that come before the page is touched are under 180 kB as sent, caches empty", () => {
  for (const page of STAFF_PAGES) {
    test(page, async ({ newVisitor, staffState, place }) => {
      await expectLight(await newVisitor({ storageState: staffState }), addressOf(page, place));
    });
  }
  for (const page of PUBLIC_PAGES) {
    test(page, async ({ newVisitor, place }) => expectLight(await newVisitor(), addressOf(page, place)));
  }
  for (const page of PORTAL_PAGES) {
    test(`${page}, opened`, async ({ page: opener, context, newVisitor, trailport }) => {
      await openPortal(opener, trailport);
      await expectLight(await newVisitor({ storageState: await context.storageState() }), `/${page}`);
    });
  }
  test("pages of links that work", async ({ newVisitor, staff, place, trailport }) => {
    const { portalLink, invitation, resetLink } = screenUrls(staff.request, trailport, place.environmentId);
    for (const make of [portalLink, invitation, resetLink]) await expectLight(await newVisitor(), await make());
  });
});

test("a script comes in brotli to whoever takes it, in gzip otherwise, and for ever", async ({
  page,
  playwright,
  trailport,
}) => {
  await page.goto("/sign-in");
  const script = (await page.locator("script[src]").first().getAttribute("src")) ?? "";
  const texts: string[] = [];
  for (const [accepted, encoding] of [
    ["gzip, deflate, br", "br"],
    ["gzip, br;q=0", "gzip"],
  ] as const) {
    const request = await playwright.request.newContext({
      baseURL: trailport.url,
      extraHTTPHeaders: { "accept-encoding": accepted },
    });
    const response = await request.get(script);
    expect(response.headers()).toMatchObject({
      "content-encoding": encoding,
      "content-type": "application/javascript; charset=UTF-8",
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
    texts.push(await response.text());
    await request.dispose();
  }
  expect(texts[0]).toBe(texts[1]);
});

test("no page is left out of these lists", async () => {
  const files = await readdir("app", { recursive: true });
  const pages = files
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) =>
      path
        .dirname(file)
        .replace(/(^|\/)\(\w+\)/, "")
        .replace(/^\.$/, ""),
    )
    // What catches every other address has nothing to show.
    .filter((page) => !page.includes("[..."));
  const listed = [...STAFF_PAGES, ...PORTAL_PAGES, ...PUBLIC_PAGES, ...SIGNPOSTS].map((page) => page.split("?", 1)[0]);
  expect([...new Set(listed)].toSorted()).toEqual(pages.toSorted());
});
