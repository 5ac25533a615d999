import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** From the sign-in page through the provider, as whoever one says that one is. */
async function comeAs(page: Page, email: string, { verified = true } = {}): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  await page.getByLabel("Who you are").fill(email);
  await page.getByLabel("Verified").setChecked(verified);
  await page.getByRole("button", { name: "Log in" }).click();
}

test("an identity provider lets in members and invited people whose e-mail it vouches for, and nobody else", async ({
  staff,
  newVisitor,
  trailport,
}) => {
  const context = await newVisitor({}, [process.env["OIDC_ISSUER"] ?? ""]);
  const page = await context.newPage();
  await comeAs(page, "ida@vendor.example");
  await expect(page.locator("form").getByRole("alert")).toContainText("Nobody here has your e-mail.");

  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "Team" }).click();
  await staff.getByRole("button", { name: "Invite member" }).click();
  await staff.getByRole("dialog").getByLabel("E-mail").fill("Ida@vendor.example");
  await staff.getByRole("dialog").getByLabel("Role").selectOption("viewer");
  await staff.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
  await staff.getByRole("dialog").getByRole("button", { name: "Done" }).click();

  await comeAs(page, "ida@vendor.example", { verified: false });
  await expect(page.locator("form").getByRole("alert")).toContainText("does not say that your e-mail is verified");
  await comeAs(page, "ida@vendor.example");
  await expect(page).toHaveURL(/organizations$/);
  await expect(page.getByRole("button", { name: /^Account: Vouched For/ })).toBeVisible();
  await page.goto(page.url().replace(/organizations$/, "account"));
  await expect(page.getByText("have no password here")).toBeVisible();

  await context.clearCookies();
  await comeAs(page, trailport.email);
  await expect(page.getByRole("button", { name: /^Account: Owner/ })).toBeVisible();
});
