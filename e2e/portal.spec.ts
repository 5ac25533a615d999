import type { Page } from "@playwright/test";
import { download, expect, parseCsv, test } from "./fixtures";
import { organizationWith } from "./events-on-screen";
import { enterPortal, expire, generateLink, openPortal, PORTAL_URL } from "./portal-link";

/** Returns a function that calls the API as the open portal page does, and returns the status. */
async function sessionStatus(page: Page): Promise<() => Promise<number>> {
  const key = new URL(page.url()).pathname.split("/").at(2) ?? "";
  const headers = { "x-trailport-portal-session": key };
  return async () => (await page.request.get("/api/portal/portal.session", { headers })).status();
}

test("a link fetched by a scanner still opens once, and its visitor sees and exports events", async ({
  page,
  trailport,
  request,
}) => {
  const link = await generateLink(trailport, { return_url: "http://localhost:9/settings" });
  expect((await request.head(link)).ok()).toBe(true);
  expect((await request.get(link)).ok()).toBe(true);

  await page.goto(link);
  await page.getByRole("button", { name: "Continue to My company’s audit log" }).click();
  await expect(page).toHaveURL(PORTAL_URL);
  await expect(page.getByText("Audit log of Northwind Logistics, provided by My company")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Back/ })).toHaveAttribute("href", "http://localhost:9/settings");
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();

  await page.getByRole("button", { name: "Export CSV" }).click();
  await page.getByRole("dialog", { name: "Export events" }).getByRole("button", { name: "Generate CSV file" }).click();
  await page.getByRole("link", { name: "Exports" }).first().click();
  const ready = page.getByRole("button", { name: /^Download audit-log_northwind/i });
  await expect(ready).toBeVisible({ timeout: 30_000 });
  const { text } = await download(page, () => ready.click());
  expect(parseCsv(text).length).toBeGreaterThan(100);

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link has been used" })).toBeVisible();
  await expect(page.getByText(/If you didn’t open this one, contact .My company/)).toBeVisible();
});

test("portal visitors cannot access the dashboard, and staff cannot access the portal", async ({
  page,
  staff,
  trailport,
}) => {
  await openPortal(page, trailport);
  const asCustomer = await page.request.get("/api/trpc/workspace.current");
  expect(asCustomer.status()).toBe(401);
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);

  expect((await staff.request.get("/api/portal/portal.session")).status()).toBe(401);
  const fromElsewhere = { headers: { origin: "https://evil.example" }, data: {} };
  expect((await staff.request.post("/api/trpc/apiKeys.create", fromElsewhere)).status()).toBe(403);
  await staff.goto("/portal");
  await expect(staff).toHaveURL(/\/portal\/launch/);
});

test("signing out ends the portal session immediately", async ({ page, trailport }) => {
  await openPortal(page, trailport);
  const status = await sessionStatus(page);
  expect(await status()).toBe(200);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Your session has ended" })).toBeVisible();
  expect(await status()).toBe(401);
});

test("an incomplete link says so, and another site cannot redeem a link", async ({ page, trailport, request }) => {
  await page.goto(`${trailport.url}/portal/launch?token=cut-off`);
  await expect(page.getByRole("heading", { name: "This link doesn’t work" })).toBeVisible();
  const token = new URL(await generateLink(trailport)).searchParams.get("token") ?? "";
  const html = await (await request.get(`/portal/launch?token=${token}`)).text();
  const form_token = /name="form_token" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const send = (form: Record<string, string>, headers: Record<string, string>) =>
    request.post("/portal/redeem", { form, headers, maxRedirects: 0 });
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }])
    expect((await send({ token, form_token }, headers)).headers()["set-cookie"]).toBeUndefined();
  const sameOrigin = { "sec-fetch-site": "same-origin" };
  expect((await send({ token }, sameOrigin)).headers()["location"]).toBe("/portal/launch?problem=form");
  const own = await send({ token, form_token }, sameOrigin);
  expect(own.headers()["set-cookie"]).toMatch(/HttpOnly; SameSite=Lax/);
});

test("a link's token leaves the address bar and is sent to no one, and reloading still works", async ({
  page,
  trailport,
}) => {
  const link = await generateLink(trailport);
  const token = new URL(link).searchParams.get("token") ?? "";
  const referrers: (string | undefined)[] = [];
  page.on("request", (request) => void referrers.push(request.headers()["referer"]));
  expect((await page.goto(link))?.headers()["referrer-policy"]).toBe("no-referrer");
  const button = page.getByRole("button", { name: /^Continue to/ });
  await expect(page).toHaveURL(/\/portal\/launch$/);
  await page.reload();
  await expect(button).toBeVisible();
  await expect(page).toHaveURL(/\/portal\/launch$/);
  await button.click();
  await expect(page).toHaveURL(PORTAL_URL);
  expect(referrers.length).toBeGreaterThan(5);
  expect(referrers.filter((each) => each?.includes(token))).toEqual([]);
});

test("pressing the button again, or reloading, works when the first response was lost", async ({ page, trailport }) => {
  const link = await generateLink(trailport);
  let lost = 0;
  await page.route("**/portal/redeem", async (route) => {
    if (lost === 2) return route.continue();
    lost += 1;
    await route.fetch({ maxRedirects: 0 });
    await page.context().clearCookies({ name: /^trailport-portal-/ });
    // The browser stays on the page.
    await route.fulfill({ status: 204 });
  });
  await page.goto(link);
  const button = page.getByRole("button", { name: /^Continue to/ });
  await button.click();
  await expect.poll(() => lost).toBe(1);
  await button.click();
  await expect.poll(() => lost).toBe(2);
  await page.reload();
  await button.click();
  await expect(page).toHaveURL(PORTAL_URL);
  await expect(page.getByText("Audit log of Northwind Logistics, provided by My company")).toBeVisible();
});

test("two customers' portals stay apart in two tabs of one browser", async ({ page, context, trailport }) => {
  const event = { action: "tab.second", hoursAgo: 1, actor: { id: "user_2", name: "Second" }, targets: [] };
  const organization = await organizationWith(trailport, "Second tab", [event]);
  await openPortal(page, trailport);
  const other = await context.newPage();
  await openPortal(other, trailport, { organization });
  await expect(other.getByText("Audit log of Second tab")).toBeVisible();

  const expectFirst = async () => {
    await expect(page.getByText("Audit log of Northwind Logistics")).toBeVisible();
    await expect(page.getByRole("table", { name: "Events" }).getByRole("row").nth(1)).toBeVisible();
    await expect(page.getByText("tab.second")).toHaveCount(0);
  };
  await page.getByRole("link", { name: "Exports" }).first().click();
  await expect(page).toHaveURL(/\/exports$/);
  await page.getByRole("link", { name: "Audit log" }).click();
  await expectFirst();
  await page.reload();
  await expectFirst();

  await other.getByRole("button", { name: "Menu" }).click();
  await other.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(other.getByRole("heading", { name: "Your session has ended" })).toBeVisible();
  await page.reload();
  await expectFirst();
});

test("an expired link says so and names the vendor to contact", async ({ page, trailport }) => {
  const link = await generateLink(trailport);
  await expire(trailport, "link", link);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link has expired" })).toBeVisible();
  await expect(page.getByText(/Get a new link.* or from My company/)).toBeVisible();
  await expect(page).toHaveTitle("Audit log · My company");
});

test("a session warns before it expires, says when it has, and leads back", async ({ page, trailport }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.clock.install();
  const link = await openPortal(page, trailport, { return_url: "http://localhost:9/settings" });
  const notice = page.getByRole("status").filter({ hasText: /session/ });
  await expect(notice).toHaveCount(0);
  await page.clock.fastForward("07:56:00");
  await expect(notice).toContainText("Your session ends in under 5 minutes.");
  await page.clock.fastForward("00:05:00");
  await expect(notice).toContainText("Your session has expired.");
  await expect(notice.getByRole("link")).toHaveAttribute("href", "http://localhost:9/settings");

  await expire(trailport, "session", link);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your session has expired" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Back to My company" })).toHaveAttribute(
    "href",
    "http://localhost:9/settings",
  );
});

test("ending access revokes the link and ends its session immediately", async ({ page, staff, trailport }) => {
  await staff.goto("/dashboard");
  await staff.waitForURL(/organizations$/);
  await staff.goto(`${staff.url()}/${trailport.organization_id}/portal-links`);
  await staff.getByRole("button", { name: "New portal link" }).first().click();
  const dialog = staff.getByRole("dialog");
  const link = await dialog.getByText(/\/portal\/launch\?token=/).innerText();
  await staff.keyboard.press("Escape");
  const newest = staff.getByRole("table", { name: "Portal links" }).getByRole("row").nth(1);
  await expect(newest).toContainText("Unused");

  await enterPortal(page, link);
  const status = await sessionStatus(page);
  await staff.reload();
  await expect(newest).toContainText("Opened");
  await newest.getByRole("button", { name: /^End access/ }).click();
  await staff.getByRole("alertdialog").getByRole("button", { name: "End access" }).click();
  await expect(newest).toContainText("Revoked");

  expect(await status()).toBe(401);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your session has been revoked" })).toBeVisible();
  await expect(page.getByText(/My company.? ended your session/)).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link has been revoked" })).toBeVisible();
});

test("an unknown portal URL leads visitors back and never links to the dashboard", async ({ page, trailport }) => {
  expect((await page.goto("/portal/nothing/here"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await expect(page.getByRole("link", { name: /dashboard/ })).toHaveCount(0);
  await page.goto("/portal");
  await expect(page.getByRole("heading", { name: "Open your link first" })).toBeVisible();

  await openPortal(page, trailport);
  expect((await page.goto(`${page.url()}/nothing/here`))?.status()).toBe(404);
  await expect(page.getByText("Audit log of Northwind Logistics, provided by My company")).toBeVisible();
  await page.getByRole("link", { name: "Go to the audit log" }).click();
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
});

test("the first Tab stop skips the portal's header", async ({ page, trailport }) => {
  await openPortal(page, trailport);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
