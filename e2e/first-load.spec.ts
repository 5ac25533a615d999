import { readdir } from "node:fs/promises";
import path from "node:path";
import type { BrowserContext } from "@playwright/test";
import { pathOf, PORTAL_PAGES, PUBLIC_PAGES, REDIRECTS, STAFF_PAGES } from "./page-list";
import { expect, test } from "./fixtures";
import { screenUrls } from "@/e2e/screenshots/screen-urls";
import { openPortal } from "./portal-link";

/** Compressed size of all scripts that a page loads before the user interacts with it. */
const MAX_BYTES = 180_000;

/** Opens a page with an empty cache. Returns the size of each script that it loads without interaction. */
async function scriptsOf(context: BrowserContext, url: string): Promise<Record<string, number>> {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByLabel(/^Loading/)).toHaveCount(0);
  return page.evaluate(() =>
    Object.fromEntries(
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
        // The compressed size, without headers.
        .map(({ name, encodedBodySize }) => [name, encodedBodySize]),
    ),
  );
}

async function expectLight(context: BrowserContext, url: string): Promise<void> {
  const scripts = await scriptsOf(context, url);
  const bytes = Object.values(scripts).reduce((sum, each) => sum + each, 0);
  test.info().annotations.push({ type: "compressed JavaScript", description: `${(bytes / 1000).toFixed(1)} kB` });
  // Less means that the scripts were not measured.
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes, JSON.stringify(scripts, null, 2)).toBeLessThan(MAX_BYTES);
}

test.describe("a page loads less than 180 kB of compressed scripts before any interaction", () => {
  for (const page of STAFF_PAGES) {
    test(page, async ({ newVisitor, staffState, place }) => {
      await expectLight(await newVisitor({ storageState: staffState }), pathOf(page, place));
    });
  }
  for (const page of PUBLIC_PAGES) {
    test(page, async ({ newVisitor, place }) => expectLight(await newVisitor(), pathOf(page, place)));
  }
  for (const page of PORTAL_PAGES) {
    test(`${page} with a session`, async ({ page: opener, context, newVisitor, trailport }) => {
      await openPortal(opener, trailport);
      const url = `/${page}`.replace("/portal/[session]", new URL(opener.url()).pathname);
      await expectLight(await newVisitor({ storageState: await context.storageState() }), url);
    });
  }
  test("pages behind valid links", async ({ newVisitor, staff, place, trailport }) => {
    const { portalLink, invitation, resetLink } = screenUrls(staff.request, trailport, place.environmentId);
    for (const createLink of [portalLink, invitation, resetLink])
      await expectLight(await newVisitor(), await createLink());
  });
});

test("scripts are compressed with Brotli if accepted, otherwise with gzip, and cached forever", async ({
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

test("the page lists contain every page of the app", async () => {
  const files = await readdir("app", { recursive: true });
  const pages = files
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) =>
      path
        .dirname(file)
        .replace(/(^|\/)\(\w+\)/, "")
        .replace(/^\.$/, ""),
    )
    // Catch-all routes only show “not found”.
    .filter((page) => !page.includes("[..."));
  const listed = [...STAFF_PAGES, ...PORTAL_PAGES, ...PUBLIC_PAGES, ...REDIRECTS].map((page) => page.split("?", 1)[0]);
  expect([...new Set(listed)].toSorted()).toEqual(pages.toSorted());
});
