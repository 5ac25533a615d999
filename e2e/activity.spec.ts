import { expect, test } from "./fixtures";

test("event views are found by type, user and organization, and the URL keeps the filters", async ({
  staff,
  trailport,
}) => {
  await staff.goto("/dashboard");
  await staff.waitForURL(/organizations$/);
  const environment = staff.url().replace(/\/organizations$/, "");
  await staff.goto(`${environment}/organizations/${trailport.organization_id}`);
  await expect(staff.getByRole("table").getByRole("row").nth(1)).toBeVisible();

  await staff.getByRole("table").getByRole("row").nth(1).getByRole("cell").last().click();
  await expect(staff.getByRole("dialog", { name: "Event" })).toBeVisible();
  await staff.keyboard.press("Escape");
  await expect(staff.getByRole("dialog", { name: "Event" })).toHaveCount(0);

  await staff.getByRole("link", { name: "Activity" }).click();
  const table = staff.getByRole("table", { name: "Activity" });
  await expect(table.getByRole("row", { name: /Signed in/ }).first()).toBeVisible();
  await staff.getByRole("button", { name: "Filter by Type" }).click();
  await staff.getByRole("option", { name: "Event views" }).click();
  await staff.keyboard.press("Escape");
  await staff.getByRole("button", { name: "Filter by User" }).click();
  await staff.getByRole("option", { name: "Owner" }).click();
  await staff.keyboard.press("Escape");
  await staff.getByRole("button", { name: "Filter by Organization" }).click();
  await staff.getByRole("option", { name: "Northwind Logistics" }).click();
  await staff.keyboard.press("Escape");
  await expect(table.getByRole("row", { name: /Signed in/ })).toHaveCount(0);
  await expect(table.getByRole("row", { name: /Viewed an event audit_log_event_/ }).first()).toBeVisible();
  await expect(table.getByRole("row", { name: /Owner.*Viewed events.*Northwind Logistics/s })).toBeVisible();

  await staff.reload();
  await expect(staff.getByRole("button", { name: "Filter by Type Event views" })).toBeVisible();
  await expect(staff.getByRole("button", { name: "Filter by User Owner" })).toBeVisible();
  await expect(staff.getByRole("button", { name: "Filter by Organization Northwind Logistics" })).toBeVisible();
  await expect(table.getByRole("row", { name: /Viewed events/ }).first()).toBeVisible();
  await staff.getByRole("button", { name: "Clear filters" }).click();
  await expect(table.getByRole("row", { name: /Signed in/ }).first()).toBeVisible();
});
