import { download, expect, parseCsv, test } from "./fixtures";
import type { FirstStart } from "./trailport-process";

async function generateLink(trailport: FirstStart, changes: object = {}): Promise<string> {
  const response = await fetch(`${trailport.url}/portal/generate_link`, {
    method: "POST",
    headers: { authorization: `Bearer ${trailport.api_key}`, "content-type": "application/json" },
    body: JSON.stringify({ organization: trailport.organization_id, intent: "audit_logs", ...changes }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { link: string }).link;
}

test("a link opened by a scanner first still opens for its reader, once, who sees and exports the organization's events", async ({
  page,
  trailport,
  request,
}) => {
  const link = await generateLink(trailport, { return_url: "http://localhost:9/settings" });
  expect((await request.head(link)).ok()).toBe(true);
  expect((await request.get(link)).ok()).toBe(true);

  await page.goto(link);
  await page.getByRole("button", { name: "Continue to My company’s audit logs" }).click();
  await expect(page).toHaveURL(`${trailport.url}/portal`);
  await expect(page.getByText("Everything recorded for Northwind Logistics in My company")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Back/ })).toHaveAttribute("href", "http://localhost:9/settings");
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();

  await page.getByRole("button", { name: "Export CSV" }).click();
  await page.getByRole("dialog", { name: "Export CSV" }).getByRole("button", { name: "Generate CSV file" }).click();
  await page.getByRole("link", { name: "Exports" }).first().click();
  const ready = page.getByRole("button", { name: /^Download audit-log_northwind/i });
  await expect(ready).toBeVisible({ timeout: 30_000 });
  const { text } = await download(page, () => ready.click());
  expect(parseCsv(text).length).toBeGreaterThan(100);

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link has been used" })).toBeVisible();
});

test("a portal session opens nothing of the dashboard, and staff nothing of the portal", async ({
  page,
  staff,
  trailport,
}) => {
  await page.goto(await generateLink(trailport));
  await page.getByRole("button", { name: /^Continue to/ }).click();
  await expect(page).toHaveURL(`${trailport.url}/portal`);
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

test("a session that is ended is over at once", async ({ page, trailport }) => {
  await page.goto(await generateLink(trailport));
  await page.getByRole("button", { name: /^Continue to/ }).click();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "End session" }).click();
  await expect(page.getByRole("heading", { name: "Your session has ended" })).toBeVisible();
  expect((await page.request.get("/api/portal/portal.session")).status()).toBe(401);
});

test("a link that is cut off says so, and another site cannot redeem one", async ({ page, trailport, request }) => {
  await page.goto(`${trailport.url}/portal/launch?token=cut-off`);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  const token = new URL(await generateLink(trailport)).searchParams.get("token") ?? "";
  const form = { form: { token }, maxRedirects: 0 };
  const foreign = await request.post("/portal/redeem", { ...form, headers: { "sec-fetch-site": "cross-site" } });
  expect(foreign.headers()["set-cookie"]).toBeUndefined();
  const own = await request.post("/portal/redeem", { ...form, headers: { "sec-fetch-site": "same-origin" } });
  expect(own.headers()["set-cookie"]).toMatch(/HttpOnly; SameSite=Lax/);
});
