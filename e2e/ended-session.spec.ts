import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { expire, openPortal } from "./portal-link";

/** Simulates returning to the tab after a while, which makes the page refetch its data. */
async function returnToTab(staff: Page): Promise<void> {
  await staff.clock.fastForward("00:20");
  await staff.evaluate(() => dispatchEvent(new Event("visibilitychange")));
}

test("exports stay on screen after the session has ended, with a button to sign in again", async ({
  staff,
  trailport,
  place,
}) => {
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  const data = {
    organization_id: trailport.organization_id,
    range_start: "2026-01-01T00:00:00.000Z",
    range_end: "2026-01-02T00:00:00.000Z",
    actions: ["session.ended"],
  };
  expect((await staff.request.post("/audit_logs/exports", { headers, data })).ok()).toBe(true);
  await staff.clock.install();
  await staff.goto(`/dashboard/${place.environmentId}/exports`);
  const row = staff.getByRole("row").filter({ hasText: "session.ended" });
  await expect(row).toBeVisible();
  await staff.context().clearCookies();
  await returnToTab(staff);
  const notice = staff.getByRole("main").getByRole("status").filter({ hasText: "session" });
  await expect(notice).toContainText("Your session has ended");
  await expect(row).toBeVisible();
  await staff.getByRole("main").getByRole("button", { name: "Continue" }).click();
  await expect(staff).toHaveURL(/\/sign-in/);
});

test("events stay on screen when refreshing them fails, with a notice above them", async ({ staff, place }) => {
  await staff.clock.install();
  await staff.goto(`/dashboard/${place.environmentId}/organizations/${place.organizationId}`);
  const first = staff.getByRole("table", { name: "Events" }).getByRole("row").nth(1);
  const text = await first.innerText();
  await staff.context().clearCookies();
  // A new minute makes the relative time range a new query.
  await staff.clock.fastForward("02:00");
  await staff.getByRole("button", { name: "Refresh" }).click();
  await expect(staff.getByRole("main").getByText("Your session has ended. Sign in to continue.")).toBeVisible();
  await expect(first).toBeVisible();
  expect(await first.innerText()).toBe(text);
});

test("unsaved settings input survives a failed refetch", async ({ staff, place }) => {
  await staff.clock.install();
  await staff.goto(`/dashboard/${place.environmentId}/settings`);
  const origins = staff.getByLabel("Allowed origins (one per line)");
  await origins.fill("https://half-typed.example");
  await staff.context().clearCookies();
  const refetch = staff.waitForResponse((response) => response.url().includes("settings.redirectOrigins"));
  await returnToTab(staff);
  expect((await refetch).ok()).toBe(false);
  await staff.getByRole("button", { name: "Save origins" }).click();
  await expect(staff.getByRole("main").getByText("Sign in to continue.")).toBeVisible();
  await expect(staff.getByRole("heading", { name: "Your session has ended" })).toHaveCount(0);
  await expect(origins).toHaveValue("https://half-typed.example");
});

test("a customer whose session has ended is asked to get a new link, not to sign in", async ({ page, trailport }) => {
  const link = await openPortal(page, trailport);
  await expect(page.getByRole("table", { name: "Events" })).toBeVisible();
  await expire(trailport, "session", link);
  await page.getByRole("searchbox").fill("document");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Ask for a new link to continue.");
});
