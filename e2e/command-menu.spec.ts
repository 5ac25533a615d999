import { expect, test } from "./fixtures";

test.use({ contextOptions: { viewport: { width: 1280, height: 800 } } });

test("Ctrl+K finds an organization by part of its name, and Escape returns the focus", async ({ staff, trailport }) => {
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  const data = {
    name: "Hålogaland <b>Kraft</b>",
    external_id: "customer-4711",
    domain_data: [{ domain: "haalogaland.example", state: "verified" }],
  };
  expect((await staff.request.post("/organizations", { headers, data })).ok()).toBe(true);
  await staff.goto("/dashboard");
  await expect(staff.getByRole("heading", { name: "Organizations" })).toBeVisible();

  const opener = staff.getByRole("button", { name: "Jump to…" });
  // The button shows the shortcut as soon as the page listens for it.
  await expect(opener).toContainText("Ctrl K");
  await opener.focus();
  await staff.keyboard.press("Control+k");
  const field = staff.getByRole("combobox", { name: "Jump to" });
  await expect(field).toBeFocused();
  await staff.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(opener).toBeFocused();

  for (const text of ["hålogaland <b>", "CUSTOMER-4711", "haalogaland.ex"]) {
    await opener.click();
    await field.fill(text);
    const found = staff.getByRole("group", { name: "Organizations" }).getByRole("option");
    await expect(found).toHaveCount(1);
    await expect(found).toContainText("Hålogaland <b>Kraft</b>");
    await expect(found).toHaveAttribute("aria-selected", "true");
    await field.press("Enter");
    await expect(staff.getByRole("heading", { name: "Hålogaland <b>Kraft</b>" })).toBeVisible();
    await expect(field).toHaveCount(0);
    await staff.goBack();
    await expect(staff.getByRole("heading", { name: "Organizations" })).toBeVisible();
  }
});

test("arrow keys, Home and End move through results, and a search without results says so", async ({ staff }) => {
  await staff.goto("/dashboard");
  await staff.getByRole("button", { name: "Jump to…" }).click();
  const field = staff.getByRole("combobox", { name: "Jump to" });
  const selected = staff.locator("[role=option][aria-selected=true]");
  await expect(selected).toContainText("Organizations");
  await field.press("ArrowDown");
  await expect(selected).toHaveText("Exports");
  await expect(field).toHaveAttribute("aria-activedescendant", (await selected.getAttribute("id")) ?? "");
  await field.press("End");
  await field.press("Home");
  await field.press("ArrowUp");
  await expect(selected).toContainText("Organizations");

  await field.fill("no such thing at all");
  await expect(staff.getByText("No results for “no such thing at all”.")).toBeVisible();
  await field.press("Enter");
  await expect(field).toBeFocused();

  await field.fill("document.upd");
  await staff.getByRole("group", { name: "Actions" }).getByRole("option", { name: "document.updated" }).click();
  await expect(staff.getByRole("heading", { name: "document.updated" })).toBeVisible();
  await expect(staff).toHaveURL(/event-schemas\/action\?name=document\.updated$/);

  // The shortcut does nothing until the menu has closed.
  await expect(field).toHaveCount(0);
  await staff.keyboard.press("Control+k");
  await field.fill("switch prod");
  await field.press("Enter");
  await expect(staff.getByRole("button", { name: /Environment: Production/ })).toBeVisible();
});

test("the shortcut does nothing while a dialog is open", async ({ staff }) => {
  await staff.goto("/dashboard");
  // Opens the menu once to load its code, so that it could open immediately.
  await staff.getByRole("button", { name: "Jump to…" }).click();
  const field = staff.getByRole("combobox", { name: "Jump to" });
  await expect(field).toBeFocused();
  await staff.keyboard.press("Escape");
  await expect(field).toHaveCount(0);

  await staff.getByRole("button", { name: "Create organization" }).click();
  const dialog = staff.getByRole("dialog", { name: "Create organization" });
  await dialog.getByLabel("Name").fill("Half typed");
  await staff.keyboard.press("Control+k");
  await staff.keyboard.type(", and on");
  await expect(dialog.getByLabel("Name")).toHaveValue("Half typed, and on");
  await expect(field).toHaveCount(0);
});
