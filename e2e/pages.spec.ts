import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expectAccessible } from "./accessibility";
import { addEmptyEnvironment } from "./empty-environment";
import { post } from "./events-on-screen";
import { expect, test } from "./fixtures";
import { screenUrls } from "@/e2e/screenshots/screen-urls";
import { addSampleData } from "@/e2e/screenshots/sample-data";
import { DASHBOARD, PORTAL, PUBLIC } from "@/e2e/screenshots/screens";

test.describe("accessible, and no wider than the screen", () => {
  test.beforeAll(({ trailport }) => addSampleData(trailport));

  for (const [name, open] of Object.entries(DASHBOARD)) {
    test(name, async ({ staff, trailport, place }) => {
      await expectAccessible(staff, () => open(staff, screenUrls(staff.request, trailport, place.environmentId)));
    });
  }
  for (const [name, open] of Object.entries({ ...PORTAL, ...PUBLIC })) {
    test(name, async ({ page, staff, trailport, place }) => {
      await expectAccessible(page, () => open(page, screenUrls(staff.request, trailport, place.environmentId)));
    });
  }

  test("an API key that is shown once", async ({ staff, place }) => {
    await staff.goto(`/dashboard/${place.environmentId}/api-keys`);
    await staff.getByRole("button", { name: "Create API key" }).click();
    await staff.getByRole("dialog").getByLabel("Name").fill("Shown once");
    await staff.getByRole("button", { name: "Create key" }).click();
    await expectAccessible(staff, () => expect(staff.getByLabel("API key", { exact: true })).toBeVisible());
  });

  for (const tab of ["", "/exports", "/portal-links"]) {
    test(`an organization without events${tab}`, async ({ staff, trailport, place }) => {
      const { id } = (await post(trailport, "/organizations", { name: "No events" })) as { id: string };
      await expectAccessible(staff, async () => {
        const url = `/dashboard/${place.environmentId}/organizations/${id}${tab}`;
        await staff.goto(url, { waitUntil: "networkidle" });
        await expect(staff.getByLabel(/^Loading/)).toHaveCount(0);
      });
    });
  }

  for (const path of ["organizations", "exports", "api-keys", "event-schemas", "rejected-events", "activity"]) {
    test(`an empty environment: ${path}`, async ({ staff, trailport }) => {
      const { id } = await addEmptyEnvironment(trailport);
      await expectAccessible(staff, async () => {
        await staff.goto(`/dashboard/${id}/${path}`, { waitUntil: "networkidle" });
        await expect(staff.getByLabel(/^Loading/)).toHaveCount(0);
      });
    });
  }
});

test("each page sets a Content-Security-Policy with a new nonce and without unsafe scripts", async ({ request }) => {
  const [first, second] = [await request.get("/sign-in"), await request.get("/sign-in")];
  const policy = first.headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toBe(second.headers()["content-security-policy"]);
  expect(first.headers()).toMatchObject({
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
  });
});

test("a path that is not a page returns JSON with a request ID", async ({ request }) => {
  const responses = [
    await request.get("/connections"),
    await request.get("/portal/nothing"),
    await request.post("/user_management/users"),
    await request.post("/sign-in"),
    await request.delete("/Organizations/org_x"),
  ];
  for (const response of responses) {
    expect(response.headers()["content-type"]).toContain("application/json");
    expect(response.headers()["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({ message: expect.any(String) });
  }
  expect(responses.map((response) => response.status())).toEqual([404, 404, 404, 404, 401]);
});

test("pages and health checks are served over HTTP/1.0 without a Host header", async ({ trailport }) => {
  for (const path of ["/sign-in", "/docs/api", "/api/health", "/api/health/ready"]) {
    const socket = connect(Number(new URL(trailport.url).port), "127.0.0.1");
    socket.write(`GET ${path} HTTP/1.0\r\n\r\n`);
    expect(await text(socket), path).toMatch(/^HTTP\/1\.1 200 /);
  }
});

test("an unknown URL returns 404 and a page with links", async ({ page }) => {
  const response = await page.goto("/nothing-here");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("link").first()).toBeVisible();
});

test("robots.txt disallows everything", async ({ request }) => {
  expect(await (await request.get("/robots.txt")).text()).toContain("Disallow: /");
});
