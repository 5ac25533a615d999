import { download, expect, parseCsv, test } from "./fixtures";

test("staff sign in, filter an organization's events, export them and download the file", async ({
  page,
  trailport,
}) => {
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("Email").fill(trailport.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(trailport.password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.getByRole("link", { name: /Northwind Logistics/ }).click();
  await expect(page.getByRole("heading", { name: "Northwind Logistics" })).toBeVisible();
  await page.getByRole("button", { name: "Filter by Action" }).click();
  await page.getByRole("combobox", { name: "Search Action" }).fill("document.up");
  await page.getByRole("option", { name: "document.updated" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/document\.updated/);
  const events = page.getByRole("table").getByRole("row");
  await expect(events.nth(1)).toContainText("document.updated");

  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Export CSV" }).click();
  const dialog = page.getByRole("dialog", { name: "Export events" });
  const promised = Number(
    /([\d,]+) events/
      .exec(
        await dialog
          .getByText(/[\d,]+ events/)
          .first()
          .innerText(),
      )?.[1]
      ?.replaceAll(",", ""),
  );
  await dialog.getByRole("button", { name: "Generate CSV file" }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole("link", { name: "Exports" }).last().click();
  // Another test exports the same action, but also filters by actor.
  const mine = page.getByRole("row").filter({ hasText: "action is document.updated", hasNotText: "Ada Okafor" });
  const ready = mine.getByRole("button", { name: /^Download audit-log_Northwind-Logistics_/ });
  await expect(ready).toBeVisible({ timeout: 30_000 });
  const { name, text } = await download(page, () => ready.click());
  expect(name).toMatch(/^audit-log_Northwind-Logistics_[\dTZ-]+_[\dTZ-]+\.csv$/);
  const rows = parseCsv(text);
  expect(rows.length).toBe(promised);
  expect(new Set(rows.map((row) => row["action"]))).toEqual(new Set(["document.updated"]));
  const times = rows.map((row) => row["occurred_at"] ?? "");
  expect(times).toEqual(times.toSorted());
});
