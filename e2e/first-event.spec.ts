import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { addEmptyEnvironment } from "./empty-environment";
import { expect, test } from "./fixtures";
import type { FirstStart } from "./trailport-process";

const run = promisify(execFile);

/** Opens the page of a new organization. Marks the window, so that a test can tell whether the page was reloaded. */
async function openNewOrganization(staff: Page, trailport: FirstStart, name: string): Promise<void> {
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  const created = await staff.request.post("/organizations", { headers, data: { name } });
  const { id } = z.object({ id: z.string() }).parse(await created.json());
  await staff.goto("/dashboard");
  await staff.waitForURL(/organizations$/);
  await staff.goto(`${staff.url()}/${id}`);
  await staff.evaluate(() => Object.assign(window, { isSamePage: true }));
}

async function copy(staff: Page, label: string): Promise<string> {
  await staff.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await staff.getByRole("button", { name: label }).click();
  await expect(staff.getByText("Copied")).toBeAttached();
  return staff.evaluate(() => navigator.clipboard.readText());
}

async function expectFirstEvent(staff: Page): Promise<void> {
  await expect(staff.getByText("user.signed_in").first()).toBeVisible();
  await expect(staff.getByRole("heading", { name: "Send your first event" })).toHaveCount(0);
  await expect(staff.getByRole("group", { name: "Filters" }).getByText("1 event", { exact: true })).toBeVisible();
  expect(await staff.evaluate(() => "isSamePage" in window)).toBe(true);
}

test("copied code sends the first event, which appears automatically", async ({ staff, trailport }) => {
  await openNewOrganization(staff, trailport, "Empty at first");
  await staff.getByLabel("Language").selectOption("Node.js");
  await staff.getByRole("button", { name: "Create a key for this code" }).click();
  await expect(staff.getByLabel("Your API key")).toHaveValue(/^sk_test_/);
  await expect(staff.getByLabel("Your API key")).toBeFocused();
  const code = await copy(staff, "Copy Node.js");
  // Node resolves the SDK that the tests use as a client.
  const { stderr } = await run(process.execPath, ["--input-type=module", "-e", code]);
  expect(stderr).toBe("");
  await expectFirstEvent(staff);

  // The next organization remembers the language but not the key. A pasted key works, too.
  await openNewOrganization(staff, trailport, "Empty at first, too");
  await expect(staff.getByLabel("Language")).toHaveValue("node");
  await expect(staff.getByLabel("Your API key")).toHaveValue("");
  await staff.getByLabel("Language").selectOption("cURL");
  await staff.getByLabel("Your API key").fill('sk_"; rm -rf "');
  await expect(staff.getByText("Keys start with sk_")).toBeVisible();
  await expect(staff.getByText("rm -rf")).toHaveCount(0);
  await staff.getByLabel("Your API key").fill(trailport.api_key);
  const { stdout } = await run("bash", ["-c", await copy(staff, "Copy cURL")]);
  expect(JSON.parse(stdout)).toEqual({ success: true });
  await expectFirstEvent(staff);
});

test("an empty environment leads from the first organization to its first event", async ({ staff, trailport }) => {
  const { name } = await addEmptyEnvironment(trailport);
  await staff.goto("/dashboard");
  await staff.getByRole("button", { name: /Environment: / }).click();
  await staff.getByRole("menuitemradio", { name }).click();
  const first = staff.getByRole("region", { name: "Create your first organization" });
  await first.getByLabel("Name").fill(" ");
  await first.getByRole("button", { name: "Create and continue" }).click();
  await expect(first.getByText(/must not be empty|at least/i)).toBeVisible();
  await first.getByLabel("Name").fill("The very first");
  await first.getByRole("button", { name: "Create and continue" }).click();

  await expect(staff.getByRole("heading", { name: "Send your first event" })).toBeFocused();
  await expect(staff.getByRole("link", { name: "The very first" })).toBeVisible();
  await staff.getByLabel("Language").selectOption("cURL");
  await staff.getByRole("button", { name: "Create a key for this code" }).click();
  await expect(staff.getByLabel("Your API key")).toHaveValue(/^sk_live_/);
  const code = await copy(staff, "Copy cURL");
  expect(code).toMatch(/"organization_id": "org_\w{26}"/);
  await run("bash", ["-c", code]);

  await expect(staff.getByRole("heading", { name: "The very first" })).toBeVisible();
  await expect(staff.getByRole("row").filter({ hasText: "user.signed_in" })).toBeVisible();
  await staff.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Organizations" }).click();
  await expect(staff.getByRole("row").filter({ hasText: "The very first" })).toContainText("1 event");
  await expect(staff.getByRole("heading", { name: "Send your first event" })).toHaveCount(0);
});
