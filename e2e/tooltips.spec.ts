import { expect, test } from "./fixtures";

test("tooltips name icon buttons and show truncated text on hover and focus, until Escape", async ({
  staff,
  trailport,
}) => {
  const name = `Long ${"and longer ".repeat(20)}name`;
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  expect((await staff.request.post("/organizations", { headers, data: { name } })).ok()).toBe(true);
  await staff.goto("/dashboard");
  const link = staff.getByRole("link", { name });
  const tip = staff.locator("[data-tooltip]");
  await link.hover();
  await expect(tip).toContainText(name);
  await staff.keyboard.press("Escape");
  await expect(tip).toHaveCount(0);
  await staff.getByRole("searchbox", { name: "Search organizations" }).focus();
  await staff.keyboard.press("Tab");
  await expect(link).toBeFocused();
  await expect(tip).toContainText(name);

  await staff.keyboard.press("Enter");
  const copy = staff.getByRole("button", { name: "Copy organization ID" });
  await copy.hover();
  await expect(tip).toContainText("Copy organization ID");
  await staff.mouse.move(0, 0);
  await expect(tip).toHaveCount(0);
});
