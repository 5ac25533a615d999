import { ada, count, openEvents, organizationWith, post, rows } from "./events-on-screen";
import { expect, test } from "./fixtures";

test("list, chart, live mode and export include events of senders with fast clocks", async ({ staff, trailport }) => {
  const organization = "Fast senders";
  const events = [1 / 60, -5 / 60, -2, -14].map((hoursAgo) => ({ action: "it.is", hoursAgo, actor: ada, targets: [] }));
  const id = await organizationWith(trailport, organization, events);
  await openEvents(staff, organization);
  await expect(rows(staff)).toHaveCount(events.length);
  await expect(count(staff, "4 events")).toBeVisible();
  await expect(staff.getByRole("option", { name: /: [1-4] events?$/ }).first()).toBeVisible();

  await staff.getByRole("button", { name: "Live", exact: true }).click();
  await post(trailport, "/audit_logs/events", {
    organization_id: id,
    event: {
      action: "it.will.be",
      occurred_at: new Date(Date.now() + 3_600_000).toISOString(),
      actor: { ...ada, type: "user" },
      targets: [],
      context: { location: "203.0.113.7" },
    },
  });
  await expect(rows(staff)).toHaveCount(events.length + 1);

  await staff.getByRole("button", { name: "Actions" }).click();
  await staff.getByRole("menuitem", { name: "Export CSV" }).click();
  const dialog = staff.getByRole("dialog", { name: "Export events" });
  await expect(dialog.getByText("5 events", { exact: true })).toBeVisible();
});
