import type { Page } from "@playwright/test";
import { aPng } from "@/server/testing/images";
import { seriousIssues } from "./accessibility";
import { expect, test } from "./fixtures";
import { generateLink, openPortal } from "./portal-link";

const logo = aPng(120, 40, [170, 51, 102]);

async function toSettings(staff: Page): Promise<void> {
  await staff.goto("/dashboard");
  await staff.waitForURL(/organizations$/);
  await staff.goto(staff.url().replace(/organizations$/, "settings"));
  await expect(staff.getByRole("button", { name: "Save branding" })).toBeVisible();
}

async function chooseLogo(staff: Page, name: string, buffer: Buffer): Promise<void> {
  const [chooser] = await Promise.all([
    staff.waitForEvent("filechooser"),
    staff.getByRole("button", { name: /^(Choose|Replace) logo$/ }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: "image/png", buffer });
}

async function save(staff: Page): Promise<void> {
  const [response] = await Promise.all([
    staff.waitForResponse(/portalBranding\.change/),
    staff.getByRole("button", { name: "Save branding" }).click(),
  ]);
  expect(response.ok()).toBe(true);
  await expect(staff.getByText("Portal branding saved").first()).toBeVisible();
}

// Other tests expect the original company name.
test.afterEach(async ({ staff }) => {
  const data = { json: { name: "My company", accent: null, logo: null } };
  expect((await staff.request.post("/api/trpc/portalBranding.change", { data })).ok()).toBe(true);
});

test("name, logo and accent appear on the link page, in the portal and in the sidebar", async ({
  staff,
  page,
  trailport,
}) => {
  await toSettings(staff);
  await staff.getByLabel("Name").fill("Acme Freight");
  await staff.getByRole("textbox", { name: /^Accent color/ }).fill("#AA3366");
  await chooseLogo(staff, "logo.png", logo);
  await expect(staff.getByRole("img", { name: "Logo", exact: true })).toBeVisible();
  await save(staff);
  await expect(staff.getByRole("button", { name: /Acme Freight/ }).first()).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await staff.emulateMedia({ colorScheme });
    await staff.reload();
    await expect(staff.getByRole("list", { name: "Contrast" })).toBeVisible();
    expect(await seriousIssues(staff), colorScheme).toEqual([]);
  }

  const link = await generateLink(trailport);
  await page.goto(link);
  await expect(page).toHaveTitle("Audit log · Acme Freight");
  await expect(page.locator("link[rel=icon]").last()).toHaveAttribute("href", /^\/portal\/logo\/[0-9a-f]{64}$/);
  const shownLogo = page.locator("img[src^='/portal/logo/']");
  expect(await shownLogo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(120);
  const button = page.getByRole("button", { name: "Continue to Acme Freight’s audit log" });
  await expect(button).toHaveCSS("background-color", "rgb(170, 51, 102)");
  await button.click();
  await expect(page.getByText("Audit log of Northwind Logistics, provided by Acme Freight")).toBeVisible();
  await expect(page).toHaveTitle("Audit log · Acme Freight");
  await expect(shownLogo).toBeVisible();
  await expect(page.getByRole("button", { name: "Export CSV" })).toHaveCSS("background-color", "rgb(170, 51, 102)");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of ["/portal", "/portal/exports"]) {
      await page.goto(path);
      await expect(page.getByLabel(/^Loading/)).toHaveCount(0);
      expect(await seriousIssues(page), `${path} in ${colorScheme}`).toEqual([]);
    }
  }

  await staff.reload();
  await staff.getByRole("button", { name: "Remove logo" }).click();
  await save(staff);
  await page.reload();
  await expect(shownLogo).toHaveCount(0);
  await staff.getByRole("link", { name: "Activity" }).click();
  await expect(staff.getByRole("row", { name: /Owner.*Updated portal branding Acme Freight/s }).first()).toBeVisible();
});

test("a file that is no image, a broken one and a too large one are rejected with the reason", async ({ staff }) => {
  await toSettings(staff);
  const error = staff.getByRole("alert").filter({ hasText: /image|file/ });
  await chooseLogo(staff, "logo.png", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"));
  await expect(error).toContainText("This file is not a PNG, JPEG or WebP image.");
  await chooseLogo(staff, "logo.png", Buffer.concat([logo, Buffer.alloc(300 * 1024)]));
  await expect(error).toContainText("The limit is 256 kB.");
  await chooseLogo(staff, "logo.png", aPng(2400, 10));
  await expect(error).toContainText("This image is 2400 × 10 pixels.");
  await chooseLogo(staff, "logo.png", logo.subarray(0, 60));
  await expect(error).toContainText("This image is damaged");
  await chooseLogo(staff, "logo.png", logo);
  await expect(error).toHaveCount(0);

  const data = { json: { logo: Buffer.from("not an image").toString("base64") } };
  const direct = await staff.request.post("/api/trpc/portalBranding.change", { data });
  expect(direct.status()).toBe(400);
  expect(await direct.text()).toContain("This file is not a PNG, JPEG or WebP image");
});

test("an unreadable accent is reported, and a readable shade is used", async ({ staff, page, trailport }) => {
  await toSettings(staff);
  const accent = staff.getByRole("textbox", { name: /^Accent color/ });
  await accent.fill("yellow");
  await expect(staff.getByText("Use a hex color such as #0b6068.")).toBeVisible();
  await accent.fill("#ffee33");
  const verdicts = staff.getByRole("list", { name: "Contrast" }).getByRole("listitem");
  await expect(verdicts.nth(0)).toHaveText(
    /^Light: contrast 1\.\d\d:1 is too low\. We use #[0-9a-f]{6} instead, with white text\.$/,
  );
  await expect(verdicts.nth(1)).toHaveText(/^Dark: contrast 1\d\.\d\d:1 passes AA \(4\.5:1\)\. .* black text\.$/);
  await save(staff);
  await openPortal(page, trailport);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.reload();
    await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
    expect(await seriousIssues(page), colorScheme).toEqual([]);
  }
});

test("members without permission see the branding but no form", async ({ staff, newVisitor }) => {
  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "Team" }).click();
  await staff.getByRole("button", { name: "Invite member" }).click();
  const dialog = staff.getByRole("dialog");
  await dialog.getByLabel("Email").fill("vic@vendor.example");
  await dialog.getByLabel("Role").selectOption("member");
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = await dialog.getByLabel("Link", { exact: true }).innerText();
  const vic = await (await newVisitor()).newPage();
  await vic.goto(link);
  await vic.getByLabel("Your name").fill("Vic");
  await vic.getByLabel("Password").fill("four words that differ");
  await vic.getByRole("button", { name: "Join workspace" }).click();
  await expect(vic).toHaveURL(/organizations$/);
  await vic.getByRole("link", { name: "Settings" }).click();
  await expect(vic.getByText("Dark", { exact: true })).toBeVisible();
  await expect(vic.getByRole("button", { name: "Save branding" })).toHaveCount(0);
});
