import { serious } from "./accessibility";
import { expect, test } from "./fixtures";

const SCREENS = [
  "organizations",
  "exports",
  "api-keys",
  "event-schemas",
  "event-schemas/validator",
  "event-schemas/edit",
  "event-schemas/action?name=user.signed_in",
  "rejected-events",
  "settings",
  "team",
  "account",
  "activity",
  "organization",
  "organization/exports",
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 320]) {
    test.describe(`${colorScheme}, ${width} wide`, () => {
      test.use({ contextOptions: { colorScheme, viewport: { width, height: 900 } } });

      for (const screen of SCREENS) {
        test(`${screen} is accessible and fits`, async ({ staff, trailport }) => {
          await staff.goto("/dashboard");
          await staff.waitForURL(/organizations$/);
          const path = screen.replace(/^organization(?!s)/, `organizations/${trailport.organization_id}`);
          await staff.goto(staff.url().replace(/organizations$/, path));
          await expect(staff.getByRole("heading", { level: 1 })).toBeVisible();
          await expect(staff.getByLabel(/^Loading/)).toHaveCount(0);
          expect(await serious(staff)).toEqual([]);
          expect(await staff.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        });
      }
    });
  }

  test(`sign-in and broken links are accessible (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const path of [
      "/sign-in",
      "/portal/launch?token=x",
      "/invitation?token=x",
      "/reset-password?token=x",
      "/nothing-here",
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await serious(page), path).toEqual([]);
    }
  });
}

test("pages carry their guards, and no script runs without this answer's nonce", async ({ request }) => {
  const [first, second] = [await request.get("/sign-in"), await request.get("/sign-in")];
  const policy = first.headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toBe(second.headers()["content-security-policy"]);
  expect(first.headers()).toMatchObject({ "x-content-type-options": "nosniff" });
});

test("an address that leads nowhere within the dashboard keeps the navigation, and nested pages say where they are", async ({
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
  const trail = staff.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link");
  await expect(trail).toHaveText(["Organizations", name, "Portal links"]);
  await expect(trail.last()).toHaveAttribute("aria-current", "page");
  await trail.nth(1).click();
  await expect(trail).toHaveText(["Organizations", name]);
  await trail.first().click();
  await expect(staff).toHaveURL(list);
});

test("an address that leads nowhere says so and leads on", async ({ page }) => {
  const response = await page.goto("/nothing-here");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("link").first()).toBeVisible();
});
