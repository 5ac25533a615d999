import { expect, test } from "./fixtures";

test("unknown dashboard pages keep the navigation, and nested pages show a breadcrumb", async ({
  staff,
  trailport,
}) => {
  await staff.goto("/dashboard");
  await staff.waitForURL(/organizations$/);
  const list = staff.url();
  const root = list.replace(/organizations$/, "");
  const organization = `organizations/${trailport.organization_id}`;
  for (const path of ["nothing", `${organization}/nothing/at/all`, "event-schemas/action", "organizations/org_none"]) {
    const response = await staff.goto(`${root}${path}`);
    expect(response?.status(), path).toBe(404);
    await expect(staff.getByRole("heading", { level: 1 })).toHaveText(/not found/i);
    await expect(staff.getByRole("navigation", { name: "Main" })).toBeVisible();
  }
  await staff.goto(`${root}${organization}/portal-links`);
  const name = await staff.getByRole("heading", { level: 1 }).innerText();
  const trail = staff.getByRole("navigation", { name: "Breadcrumb" }).locator("a, [aria-current]");
  await expect(trail).toHaveText(["Organizations", name, "Portal links"]);
  await expect(trail.last()).toHaveAttribute("aria-current", "page");
  await trail.nth(1).click();
  await expect(trail).toHaveText(["Organizations", name]);
  await trail.first().click();
  await expect(staff).toHaveURL(list);
});
