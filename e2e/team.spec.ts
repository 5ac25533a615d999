import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const PASSWORD = "four words that differ";

async function invite(staff: Page, email: string, role: string): Promise<string> {
  await staff.getByRole("button", { name: "Invite member" }).click();
  const dialog = staff.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Role").selectOption(role);
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = await dialog.getByLabel("Link", { exact: true }).innerText();
  await dialog.getByRole("button", { name: "Done" }).click();
  return link;
}

async function toTeam(staff: Page): Promise<void> {
  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "Team" }).click();
  await expect(staff.getByRole("heading", { level: 1, name: "Team" })).toBeVisible();
}

test("an invited viewer joins, reads, and can export neither by screen nor by procedure, until made a member", async ({
  staff,
  newVisitor,
  trailport,
}) => {
  await toTeam(staff);
  const link = await invite(staff, "vera@vendor.example", "viewer");
  await expect(staff.getByRole("table", { name: "Invitations" })).toContainText("vera@vendor.example");

  const vera = await (await newVisitor()).newPage();
  await vera.goto(link);
  await expect(vera.getByRole("heading", { name: "Join My company" })).toBeVisible();
  await vera.getByLabel("Your name").fill("Vera Viewer");
  await vera.getByLabel("New password").fill("password1234");
  await vera.getByRole("button", { name: "Join" }).click();
  await expect(vera.getByText(/easily guessed/)).toBeVisible();
  await vera.getByLabel("New password").fill(PASSWORD);
  await vera.getByRole("button", { name: "Join" }).click();
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
  const made = await staff.request.post("/organizations", {
    headers: { authorization: `Bearer ${trailport.api_key}` },
    data: { name: "Before its first event" },
  });
  const { id: withoutEvents } = (await made.json()) as { id: string };
  await vera.goto(organization.replace(organizationId, withoutEvents));
  await expect(vera.getByText(/An admin of the workspace makes keys/)).toBeVisible();
  await expect(vera.getByRole("button", { name: "Create a key for this code" })).toHaveCount(0);
  await vera.getByRole("link", { name: "Team" }).click();
  await expect(vera.getByText("owners manage members")).toBeVisible();
  await expect(vera.getByRole("button", { name: "Invite member" })).toHaveCount(0);
  expect((await vera.request.get("/api/trpc/team.invitations")).status()).toBe(403);

  await staff.reload();
  await expect(staff.getByRole("row", { name: /Vera Viewer/ })).toContainText("viewer");
  await expect(staff.getByRole("button", { name: "Manage the invitation of vera@vendor.example" })).toHaveCount(0);
  await staff.getByRole("button", { name: "Manage Vera Viewer" }).click();
  await staff.getByRole("menuitemradio", { name: "Member" }).click();
  await expect(staff.getByRole("row", { name: /Vera Viewer/ })).toContainText("member");
  expect((await request()).status()).toBe(200);

  await staff.getByRole("button", { name: "Manage Vera Viewer" }).click();
  await staff.getByRole("menuitem", { name: "Remove from workspace" }).click();
  await staff.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  // As long as it is open, nothing behind it has a role.
  await expect(staff.getByRole("alertdialog")).toHaveCount(0);
  await expect(staff.getByRole("row", { name: /Vera Viewer/ })).toHaveCount(0);
  expect((await request()).status()).toBe(401);
  await vera.goto(link);
  await expect(vera.getByRole("heading", { name: "This invitation is no longer valid" })).toBeVisible();
});

test("the last owner stays, a withdrawn invitation opens nothing, and who is signed in is told whom one is for", async ({
  staff,
  page,
}) => {
  await toTeam(staff);
  await staff.getByRole("button", { name: "Manage Owner" }).click();
  await staff.getByRole("menuitemradio", { name: "Admin" }).click();
  await expect(staff.getByText("Make somebody else an owner first.").first()).toBeVisible();

  const link = await invite(staff, "walter@vendor.example", "admin");
  const asOwner = await staff.context().newPage();
  await asOwner.goto(link);
  await expect(asOwner.getByText("Sign out to accept it.")).toBeVisible();
  await staff.getByRole("button", { name: "Manage the invitation of walter@vendor.example" }).click();
  await staff.getByRole("menuitem", { name: "Withdraw" }).click();
  await expect(staff.getByRole("button", { name: "Manage the invitation of walter@vendor.example" })).toHaveCount(0);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This invitation is no longer valid" })).toBeVisible();
});

test("a password is set by an owner's link, changed, and every session ended", async ({ staff, newVisitor }) => {
  await toTeam(staff);
  const paul = await (await newVisitor()).newPage();
  await paul.goto(await invite(staff, "paul@vendor.example", "member"));
  await paul.getByLabel("Your name").fill("Paul");
  await paul.getByLabel("New password").fill(PASSWORD);
  await paul.getByRole("button", { name: "Join" }).click();
  await expect(paul).toHaveURL(/organizations$/);

  await staff.reload();
  await staff.getByRole("button", { name: "Manage Paul" }).click();
  await staff.getByRole("menuitem", { name: "Make password link" }).click();
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
