import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { expire, openPortal } from "./portal-link";

/** As when one comes back to the tab after a while: what is shown is asked for again. */
async function comeBack(staff: Page): Promise<void> {
  await staff.clock.fastForward("00:20");
  await staff.evaluate(() => dispatchEvent(new Event("visibilitychange")));
}

test("exports that can be followed no longer stay on screen and say so, and lead back to the sign-in", async ({
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
  const mine = staff.getByRole("row").filter({ hasText: "session.ended" });
  await expect(mine).toBeVisible();
  await staff.context().clearCookies();
  await comeBack(staff);
  const notice = staff.getByRole("main").getByRole("status").filter({ hasText: "session" });
  await expect(notice).toContainText("Your session has ended");
  await expect(mine).toBeVisible();
  await staff.getByRole("main").getByRole("button", { name: "Go on" }).click();
  await expect(staff).toHaveURL(/\/sign-in/);
});

test("events stay on screen when they are refreshed in vain, which is said above them", async ({ staff, place }) => {
  await staff.clock.install();
  await staff.goto(`/dashboard/${place.environmentId}/organizations/${place.organizationId}`);
  const first = staff.getByRole("table", { name: "Events" }).getByRole("row").nth(1);
  const words = await first.innerText();
  await staff.context().clearCookies();
  // Another minute is another question.
  await staff.clock.fastForward("02:00");
  await staff.getByRole("button", { name: "Refresh" }).click();
  await expect(staff.getByRole("main").getByText("Your session has ended. Sign in to go on.")).toBeVisible();
  await expect(first).toBeVisible();
  expect(await first.innerText()).toBe(words);
});

test("what was typed into the settings is still there when the page has asked for them anew and got no answer", async ({
  staff,
  place,
}) => {
  await staff.clock.install();
  await staff.goto(`/dashboard/${place.environmentId}/settings`);
  const origins = staff.getByLabel("Allowed origins, one a line");
  await origins.fill("https://half-typed.example");
  await staff.context().clearCookies();
  const asked = staff.waitForResponse((response) => response.url().includes("settings.redirectOrigins"));
  await comeBack(staff);
  expect((await asked).ok()).toBe(false);
  await staff.getByRole("button", { name: "Save origins" }).click();
  await expect(staff.getByRole("main").getByText("Sign in to go on.")).toBeVisible();
  await expect(staff.getByRole("heading", { name: "Your session has ended" })).toHaveCount(0);
  await expect(origins).toHaveValue("https://half-typed.example");
});

test("a customer whose session is over is told to ask for a new link, and not to sign in", async ({
  page,
  trailport,
}) => {
  const link = await openPortal(page, trailport);
  await expect(page.getByRole("table", { name: "Events" })).toBeVisible();
  await expire("session", link);
  await page.getByRole("searchbox").fill("document");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Ask for a new link to go on.");
});
