import { expectAccessible } from "./accessibility";
import { addEmptyEnvironment } from "./empty-environment";
import { expect, test } from "./fixtures";
import { screenPlace } from "@/e2e/screenshots/screen-urls";
import { leaveEverydayTraces } from "@/e2e/screenshots/sample-data";
import { DASHBOARD, PORTAL, PUBLIC } from "./screenshots/screens";

test.describe("is accessible and fits", () => {
  test.use({ actionTimeout: 15_000 });
  test.beforeAll(({ trailport }) => leaveEverydayTraces(trailport));

  for (const [name, open] of Object.entries(DASHBOARD)) {
    test(name, async ({ staff, trailport, place }) => {
      await expectAccessible(staff, () => open(staff, screenPlace(staff.request, trailport, place.environmentId)));
    });
  }
  for (const [name, open] of Object.entries({ ...PORTAL, ...PUBLIC })) {
    test(name, async ({ page, staff, trailport, place }) => {
      await expectAccessible(page, () => open(page, screenPlace(staff.request, trailport, place.environmentId)));
    });
  }

  test("an API key that is shown once", async ({ staff, place }) => {
    await staff.goto(`/dashboard/${place.environmentId}/api-keys`);
    await staff.getByRole("button", { name: "Create API key" }).click();
    await staff.getByRole("dialog").getByLabel("Name").fill("Shown once");
    await staff.getByRole("button", { name: "Create key" }).click();
    await expectAccessible(staff, () => expect(staff.getByLabel("API key", { exact: true })).toBeVisible());
  });

  test("an organization before its first event", async ({ staff, trailport, place }) => {
    const headers = { authorization: `Bearer ${trailport.api_key}` };
    const made = await staff.request.post("/organizations", { headers, data: { name: "Nothing yet" } });
    const { id } = (await made.json()) as { id: string };
    const organization = `/dashboard/${place.environmentId}/organizations/${id}`;
    for (const path of [organization, `${organization}/exports`, `${organization}/portal-links`]) {
      await expectAccessible(staff, async () => {
        await staff.goto(path, { waitUntil: "networkidle" });
        await expect(staff.getByLabel(/^Loading/)).toHaveCount(0);
      });
    }
  });

  test("an environment with nothing in it", async ({ staff }) => {
    test.slow();
    const { id } = await addEmptyEnvironment();
    await staff.goto(`/dashboard/${id}/organizations`);
    await expect(staff.getByRole("region", { name: "Create your first organization" })).toBeVisible();
    for (const path of ["organizations", "exports", "api-keys", "event-schemas", "rejected-events", "activity"]) {
      await expectAccessible(staff, async () => {
        await staff.goto(`/dashboard/${id}/${path}`, { waitUntil: "networkidle" });
        await expect(staff.getByLabel(/^Loading/)).toHaveCount(0);
      });
    }
  });
});

test("pages carry their guards, and no script runs without this answer's nonce", async ({ request }) => {
  const [first, second] = [await request.get("/sign-in"), await request.get("/sign-in")];
  const policy = first.headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toBe(second.headers()["content-security-policy"]);
  expect(first.headers()).toMatchObject({ "x-content-type-options": "nosniff" });
});

test("an address that leads nowhere says so and leads on", async ({ page }) => {
  const response = await page.goto("/nothing-here");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("link").first()).toBeVisible();
});
