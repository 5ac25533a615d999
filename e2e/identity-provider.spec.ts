import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Signs in through the identity provider with any email. */
async function signInAs(page: Page, email: string, { verified = true } = {}): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  await page.getByLabel("Who you are").fill(email);
  await page.getByLabel("Verified").setChecked(verified);
  await page.getByRole("button", { name: "Log in" }).click();
}

test("an identity provider signs in only members and invited people with a verified email", async ({
  staff,
  newVisitor,
  trailport,
}) => {
  const context = await newVisitor({}, [process.env["OIDC_ISSUER"] ?? ""]);
  const page = await context.newPage();
  await signInAs(page, "ida@vendor.example");
  await expect(page.locator("form").getByRole("alert")).toContainText("No account uses this email.");

  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "Team" }).click();
  await staff.getByRole("button", { name: "Invite member" }).click();
  await staff.getByRole("dialog").getByLabel("Email").fill("Ida@vendor.example");
  await staff.getByRole("dialog").getByLabel("Role").selectOption("viewer");
  await staff.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
  await staff.getByRole("dialog").getByRole("button", { name: "Done" }).click();

  await signInAs(page, "ida@vendor.example", { verified: false });
  await expect(page.locator("form").getByRole("alert")).toContainText("hasn’t verified your email");
  await signInAs(page, "ida@vendor.example");
  await expect(page).toHaveURL(/organizations$/);
  await expect(page.getByRole("button", { name: /^Account: Vouched For/ })).toBeVisible();
  await page.goto(page.url().replace(/organizations$/, "account"));
  await expect(page.getByText("don’t have a password")).toBeVisible();

  await context.clearCookies();
  await signInAs(page, trailport.email);
  await expect(page.getByRole("button", { name: /^Account: Owner/ })).toBeVisible();
});
