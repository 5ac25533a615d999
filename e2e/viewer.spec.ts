import type { Page } from "@playwright/test";
import { count, EVENTS, openEvents, organizationWith, rows } from "./events-on-screen";
import { download, expect, parseCsv, test } from "./fixtures";
import { openPortal } from "./portal-link";

async function choose(page: Page, label: string, ...values: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: `Filter by ${label}` }).click();
  for (const value of values) {
    await page.getByRole("combobox", { name: `Search ${label}` }).fill(value);
    await page.getByRole("option", { name: value, exact: true }).click();
  }
  await page.keyboard.press("Escape");
}

test("four combined filters find one event, and their URL shows the same to a colleague", async ({
  staff,
  staffState,
  newVisitor,
  trailport,
}) => {
  await organizationWith(trailport, "Four filters", EVENTS);
  await openEvents(staff, "Four filters");
  await expect(rows(staff)).toHaveCount(EVENTS.length);
  await choose(staff, "Action", "document.shared");
  await expect(rows(staff)).toHaveCount(4);
  await choose(staff, "Actor name", "Ada Lovelace");
  await expect(rows(staff)).toHaveCount(3);
  await choose(staff, "Target type", "team");
  await expect(rows(staff)).toHaveCount(2);
  await choose(staff, "Target ID", "doc_plan");
  await expect(rows(staff)).toHaveCount(1);
  await expect(count(staff, "1 event")).toBeVisible();

  const other = await (await newVisitor({ storageState: staffState })).newPage();
  await other.goto(staff.url());
  await expect(rows(other)).toHaveCount(1);
  await expect(rows(other)).toContainText("document.shared");
  await expect(rows(other)).toContainText("Ada Lovelace");
  for (const [label, value] of Object.entries({ Action: "document.shared", "Target ID": "doc_plan" }))
    await expect(other.getByRole("button", { name: `Filter by ${label}` })).toContainText(value);

  await staff.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows(staff)).toHaveCount(EVENTS.length);
  await staff.goBack();
  await expect(rows(staff)).toHaveCount(1);
});

test("a value's menu includes or excludes it, and the export contains exactly the rest", async ({
  staff,
  trailport,
}) => {
  await organizationWith(trailport, "Cell menus", EVENTS);
  await openEvents(staff, "Cell menus");
  const first = rows(staff).first();
  await first.hover();
  await first.getByRole("button", { name: "Filter or copy actor" }).click();
  const name = staff.getByRole("group", { name: "Actor name Ada Lovelace" });
  await name.getByRole("menuitem", { name: "Filter out" }).click();
  await expect(rows(staff)).toHaveCount(2);
  await expect(staff.getByRole("dialog")).toBeHidden();
  await expect(staff.getByRole("list", { name: "Excluded values" })).toContainText("Actor name is not Ada Lovelace");

  await staff.getByRole("button", { name: "Actions" }).click();
  await staff.getByRole("menuitem", { name: "Export CSV" }).click();
  const dialog = staff.getByRole("dialog", { name: "Export events" });
  await expect(dialog.getByText("where actor is not Ada Lovelace")).toBeVisible();
  await dialog.getByRole("button", { name: "Generate CSV file" }).click();
  await staff.getByRole("navigation", { name: "Organization" }).getByRole("link", { name: "Exports" }).click();
  const mine = staff.getByRole("row").filter({ hasText: "where actor is not Ada Lovelace" });
  const ready = mine.getByRole("button", { name: /^Download / });
  await expect(ready).toBeVisible({ timeout: 30_000 });
  const { text } = await download(staff, () => ready.click());
  expect(parseCsv(text).map((row) => row["actor_name"])).toEqual(["Grace Hopper", "Grace Hopper"]);
  await staff.goBack();

  await staff.getByRole("button", { name: "Remove filter: actor is not Ada Lovelace" }).click();
  await expect(rows(staff)).toHaveCount(EVENTS.length);
  // With the keyboard, the menu follows the button that opens the event.
  await staff.keyboard.press("j");
  await staff.keyboard.press("Tab");
  await expect(rows(staff).first().getByRole("button", { name: "Filter or copy action" })).toBeFocused();
  await staff.keyboard.press("Enter");
  await staff.getByRole("menuitem", { name: "Filter for" }).press("Enter");
  await expect(rows(staff)).toHaveCount(1);
  await expect(staff).toHaveURL(/action=document\.opened/);
  await staff.goBack();
  await expect(rows(staff)).toHaveCount(EVENTS.length);

  await rows(staff).nth(1).getByRole("cell").last().click();
  const drawer = staff.getByRole("dialog", { name: "Event" });
  await drawer.getByRole("button", { name: "Filter or copy target ID" }).last().click();
  await staff.getByRole("group", { name: "Target ID team_crew" }).getByRole("menuitem", { name: "Filter for" }).click();
  await expect(drawer).toBeHidden();
  await expect(rows(staff)).toHaveCount(3);
});

test("the Actor type filter and the menu next to an actor's type find and exclude events", async ({
  staff,
  trailport,
}) => {
  const actor = { id: "key_billing", name: "Billing", type: "api_key" };
  const invoices = [7, 8].map((hoursAgo) => ({ action: "invoice.sent", hoursAgo, actor, targets: [] }));
  await organizationWith(trailport, "Actor types", [...EVENTS, ...invoices]);
  await openEvents(staff, "Actor types");
  await choose(staff, "Actor type", "api_key");
  await expect(rows(staff)).toHaveCount(invoices.length);
  await expect(staff).toHaveURL(/[?&]actor_type=api_key/);

  await rows(staff).first().getByRole("cell").last().click();
  const drawer = staff.getByRole("dialog", { name: "Event" });
  await drawer.getByRole("button", { name: "Filter or copy actor type" }).click();
  const type = staff.getByRole("group", { name: "Actor type api_key" });
  await type.getByRole("menuitem", { name: "Filter out" }).click();
  await expect(drawer).toBeHidden();
  await expect(rows(staff)).toHaveCount(EVENTS.length);
  await expect(staff).toHaveURL(/[?&]not_actor_type=api_key/);
  await expect(staff.getByRole("list", { name: "Excluded values" })).toContainText("Actor type is not api_key");

  await staff.getByRole("button", { name: "Actions" }).click();
  await staff.getByRole("menuitem", { name: "Export CSV" }).click();
  const dialog = staff.getByRole("dialog", { name: "Export events" });
  await expect(dialog.getByText("where actor type is not api_key")).toBeVisible();
});

test("values can also be excluded in the filter's own list", async ({ staff, trailport }) => {
  await organizationWith(trailport, "Value list", EVENTS);
  await openEvents(staff, "Value list");
  await staff.getByRole("button", { name: "Filter by Action" }).click();
  await staff.getByRole("dialog", { name: "Filter by Action" }).getByText("Is not", { exact: true }).click();
  await staff.getByRole("option", { name: "document.shared" }).click();
  await staff.keyboard.press("Escape");
  await expect(rows(staff)).toHaveCount(2);
  await staff.reload();
  await expect(rows(staff)).toHaveCount(2);
  await expect(staff.getByRole("list", { name: "Excluded values" }).getByRole("listitem")).toHaveCount(1);
});

test("customers can search and filter in the portal like staff in the dashboard", async ({ page, trailport }) => {
  const organization = await organizationWith(trailport, "Portal filters", EVENTS);
  await openPortal(page, trailport, { organization });
  await expect(rows(page)).toHaveCount(EVENTS.length);
  await page.getByRole("searchbox").fill("ada");
  await expect(rows(page)).toHaveCount(4);
  const first = rows(page).first();
  await first.hover();
  await first.getByRole("button", { name: "Filter or copy action" }).click();
  await page.getByRole("menuitem", { name: "Filter out" }).click();
  await expect(rows(page)).toHaveCount(3);
  await page.reload();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole("list", { name: "Excluded values" })).toContainText("Action is not document.opened");
});
