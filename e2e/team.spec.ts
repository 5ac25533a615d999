import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const PASSWORD = "four words that differ";

async function invite(staff: Page, email: string, role: string): Promise<string> {
  await staff.getByRole("button", { name: "Invite member" }).click();
  const dialog = staff.getByRole("dialog");
  await dialog.getByLabel("Email").fill(email);
  await dialog.getByLabel("Role").selectOption(role);
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = await dialog.getByLabel("Link", { exact: true }).innerText();
  await dialog.getByRole("button", { name: "Done" }).click();
  return link;
}

async function openTeam(staff: Page): Promise<void> {
  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "Team" }).click();
  await expect(staff.getByRole("heading", { level: 1, name: "Team" })).toBeVisible();
}

test("an invited viewer can read but not export, on screen or by API, until they become a member", async ({
  staff,
  newVisitor,
  trailport,
}) => {
  await openTeam(staff);
  const link = await invite(staff, "vera@vendor.example", "viewer");
  await expect(staff.getByRole("table", { name: "Invitations" })).toContainText("vera@vendor.example");

  const vera = await (await newVisitor()).newPage();
  await vera.goto(link);
  await expect(vera.getByRole("heading", { name: "Join My company" })).toBeVisible();
  await vera.getByLabel("Your name").fill("Vera Viewer");
  await vera.getByLabel("Password").fill("password1234");
  await vera.getByRole("button", { name: "Join workspace" }).click();
  await expect(vera.getByText("Too easy to guess.")).toBeVisible();
  await vera.getByLabel("Password").fill(PASSWORD);
  await vera.getByRole("button", { name: "Join workspace" }).click();
  await expect(vera).toHaveURL(/organizations$/);

  const { organization_id: organizationId } = trailport;
  const organization = vera.url().concat(`/${organizationId}`);
  await vera.goto(organization);
  await vera.getByRole("button", { name: "Actions" }).click();
  await expect(vera.getByRole("menuitem", { name: "Export CSV" })).toHaveAttribute("aria-disabled", "true");
  const environment = /environment_\w+/.exec(vera.url())?.[0] ?? "";
  const filters = { from: "2026-01-01T00:00:00.000Z", to: "2026-12-01T00:00:00.000Z" };
  const request = () =>
    vera.request.post("/api/trpc/exports.request", {
      headers: { "x-trailport-environment": environment },
      data: {
        json: { organizationId, filters },
        meta: { values: { "filters.from": ["Date"], "filters.to": ["Date"] } },
      },
    });
  expect((await request()).status()).toBe(403);
  const created = await staff.request.post("/organizations", {
    headers: { authorization: `Bearer ${trailport.api_key}` },
    data: { name: "Before its first event" },
  });
  const { id: withoutEvents } = (await created.json()) as { id: string };
  await vera.goto(organization.replace(organizationId, withoutEvents));
  await expect(vera.getByText("Ask a workspace admin to create a key.")).toBeVisible();
  await expect(vera.getByRole("button", { name: "Create a key for this code" })).toHaveCount(0);
  await vera.getByRole("link", { name: "Team" }).click();
  await expect(vera.getByText("Only owners can manage members.")).toBeVisible();
  await expect(vera.getByRole("button", { name: "Invite member" })).toHaveCount(0);
  expect((await vera.request.get("/api/trpc/team.invitations")).status()).toBe(403);

  await staff.reload();
  const role = staff
    .getByRole("row", { name: /Vera Viewer/ })
    .getByRole("cell")
    .nth(1);
  await expect(role).toHaveText("Viewer");
  await expect(staff.getByRole("button", { name: "Manage invitation for vera@vendor.example" })).toHaveCount(0);
  await staff.getByRole("button", { name: "Manage Vera Viewer" }).click();
  await staff.getByRole("menuitemradio", { name: "Member" }).click();
  await expect(role).toHaveText("Member");
  expect((await request()).status()).toBe(200);

  await staff.getByRole("button", { name: "Manage Vera Viewer" }).click();
  await staff.getByRole("menuitem", { name: "Remove from workspace" }).click();
  await staff.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  // While the dialog is open, the page behind it is hidden from role selectors.
  await expect(staff.getByRole("alertdialog")).toHaveCount(0);
  await expect(staff.getByRole("row", { name: /Vera Viewer/ })).toHaveCount(0);
  expect((await request()).status()).toBe(401);
  await vera.goto(link);
  await expect(vera.getByRole("heading", { name: "This invitation is no longer valid" })).toBeVisible();
});

test("the last owner keeps the role, and an invitation works only for its recipient until revoked", async ({
  staff,
  page,
}) => {
  await openTeam(staff);
  await staff.getByRole("button", { name: "Manage Owner" }).click();
  await staff.getByRole("menuitemradio", { name: "Admin" }).click();
  await expect(staff.getByText("Make someone else an owner first.").first()).toBeVisible();

  const link = await invite(staff, "walter@vendor.example", "admin");
  const asOwner = await staff.context().newPage();
  await asOwner.goto(link);
  await expect(asOwner.getByText("Sign out to accept it.")).toBeVisible();
  await staff.getByRole("button", { name: "Manage invitation for walter@vendor.example" }).click();
  await staff.getByRole("menuitem", { name: "Revoke invitation" }).click();
  await expect(staff.getByRole("button", { name: "Manage invitation for walter@vendor.example" })).toHaveCount(0);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This invitation is no longer valid" })).toBeVisible();
});

test("a member can set a password through an owner's link, change it and end all sessions", async ({
  staff,
  newVisitor,
}) => {
  await openTeam(staff);
  const paul = await (await newVisitor()).newPage();
  await paul.goto(await invite(staff, "paul@vendor.example", "member"));
  await paul.getByLabel("Your name").fill("Paul");
  await paul.getByLabel("Password").fill(PASSWORD);
  await paul.getByRole("button", { name: "Join workspace" }).click();
  await expect(paul).toHaveURL(/organizations$/);

  await staff.reload();
  await staff.getByRole("button", { name: "Manage Paul" }).click();
  await staff.getByRole("menuitem", { name: "Create password reset link" }).click();
  const link = await staff.getByLabel("Link", { exact: true }).innerText();
  const elsewhere = await (await newVisitor()).newPage();
  await elsewhere.goto(link);
  await elsewhere.getByLabel("New password").fill(`${PASSWORD} more`);
  await elsewhere.getByRole("button", { name: "Set password" }).click();
  await expect(elsewhere).toHaveURL(/organizations$/);
  await paul.reload();
  await expect(paul).toHaveURL(/sign-in/);

  await elsewhere.getByRole("button", { name: /^Account: / }).click();
  await elsewhere.getByRole("menuitem", { name: "Account" }).click();
  await elsewhere.getByLabel("Current password").fill("not it at all");
  await elsewhere.getByLabel("New password").fill(`${PASSWORD} still more`);
  await elsewhere.getByRole("button", { name: "Change password" }).click();
  await expect(elsewhere.getByText("This is not your current password.")).toBeVisible();
  await elsewhere.getByLabel("Current password").fill(`${PASSWORD} more`);
  await elsewhere.getByRole("button", { name: "Change password" }).click();
  await expect(elsewhere.getByText("Password changed").first()).toBeVisible();
  await elsewhere.reload();
  await elsewhere.getByLabel("Name", { exact: true }).fill("Paul Password");
  await elsewhere.getByRole("button", { name: "Save name" }).click();
  await expect(elsewhere.getByRole("button", { name: /^Account: Paul Password/ })).toBeVisible();

  await elsewhere.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(elsewhere).toHaveURL(/sign-in/);
  await elsewhere.goto("/dashboard");
  await expect(elsewhere).toHaveURL(/sign-in/);
});
