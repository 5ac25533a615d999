import { ada, count, openEvents, organizationWith, post, rows } from "./events-on-screen";
import { expect, test } from "./fixtures";
import { openPortal } from "./portal-link";

const MINUTE = 60_000;

for (const [name, error] of [
  ["10 minutes slow", -10 * MINUTE],
  ["an hour fast", 60 * MINUTE],
  ["nine hours fast", 540 * MINUTE],
] as const) {
  test(`a browser clock ${name} hides no new events in list, live mode and export`, async ({ staff, trailport }) => {
    const organization = `Clock ${name}`;
    const events = [1, 2].map((minutes) => ({ action: "just.now", hoursAgo: minutes / 60, actor: ada, targets: [] }));
    const id = await organizationWith(trailport, organization, events);
    await staff.clock.install({ time: Date.now() + error });
    await openEvents(staff, organization);
    await expect(rows(staff)).toHaveCount(2);
    await expect(count(staff, "2 events")).toBeVisible();

    await staff.getByRole("button", { name: "Live", exact: true }).click();
    await post(trailport, "/audit_logs/events", {
      organization_id: id,
      event: {
        action: "just.now",
        occurred_at: new Date().toISOString(),
        actor: { ...ada, type: "user" },
        targets: [],
        context: { location: "203.0.113.7" },
      },
    });
    await expect(rows(staff)).toHaveCount(3);

    await staff.getByRole("button", { name: "Actions" }).click();
    await staff.getByRole("menuitem", { name: "Export CSV" }).click();
    const dialog = staff.getByRole("dialog", { name: "Export events" });
    await expect(dialog.getByText("3 events", { exact: true })).toBeVisible();
  });
}

test("a portal session has not expired for a visitor whose clock is nine hours fast", async ({ page, trailport }) => {
  await page.clock.install({ time: Date.now() + 540 * MINUTE });
  await openPortal(page, trailport);
  await page.clock.runFor(MINUTE);
  await expect(page.getByRole("status").filter({ hasText: /session/ })).toHaveCount(0);
});
