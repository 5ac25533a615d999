import type { Page } from "@playwright/test";
import { EVENTS, openEvents, organizationWith, rows } from "./events-on-screen";
import { expect, test as base } from "./fixtures";

/** A page in a context of its own: React logs the missing code as an error, which fails tests in other contexts. */
const test = base.extend<{ readonly tab: Page }>({
  tab: async ({ browser, contextOptions, staffState, trailport }, use) => {
    const options = { ...contextOptions, baseURL: trailport.url, storageState: staffState };
    // oxlint-disable-next-line no-restricted-properties -- see above
    const context = await browser.newContext(options);
    await use(await context.newPage());
    await context.close();
  },
});

/** Opens an organization, and then removes the code that the page has not loaded yet until it is reloaded. */
async function upgradeWhileOpen(tab: Page): Promise<void> {
  let isOutdated = true;
  tab.on("request", (request) => {
    if (request.isNavigationRequest()) isOutdated = false;
  });
  await tab.route("**/_next/static/**", (route) => (isOutdated ? route.fulfill({ status: 404 }) : route.continue()));
  await tab.evaluate(() => Object.assign(globalThis, { isFromBefore: true }));
}

const isReloaded = (tab: Page) => tab.evaluate(() => !("isFromBefore" in globalThis));

test("in a tab from before an upgrade, a click that needs new code reloads the page", async ({ tab, trailport }) => {
  await organizationWith(trailport, "Before an upgrade", EVENTS);
  await openEvents(tab, "Before an upgrade");
  await expect(rows(tab)).toHaveCount(EVENTS.length);
  await upgradeWhileOpen(tab);
  await rows(tab).first().getByRole("cell").last().click();
  // The click put the event's ID into the URL, so the reloaded page opens it.
  await expect(tab.getByRole("dialog", { name: "Event" })).toBeVisible();
  expect(await isReloaded(tab)).toBe(true);
});

test("a page whose code is missing again right after a reload says that it failed", async ({ tab, trailport }) => {
  await organizationWith(trailport, "Broken for good", EVENTS);
  await openEvents(tab, "Broken for good");
  await expect(rows(tab)).toHaveCount(EVENTS.length);
  await tab.evaluate(() => sessionStorage.setItem("trailport-reloaded-at", String(Date.now())));
  await upgradeWhileOpen(tab);
  await rows(tab).first().getByRole("cell").last().click();
  await expect(tab.getByRole("alert").filter({ hasText: "Couldn’t show this page" })).toBeVisible();
  expect(await isReloaded(tab)).toBe(false);
});
