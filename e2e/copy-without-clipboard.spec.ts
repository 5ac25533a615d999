import type { Page } from "@playwright/test";
import { EVENTS, openEvents, organizationWith, rows } from "./events-on-screen";
import { expect, test } from "./fixtures";

/** Removes the clipboard, as on a page that is opened over http on another host than localhost. */
test.beforeEach(({ staff }) =>
  staff.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined });
    Object.defineProperty(globalThis, "isSecureContext", { value: false });
  }),
);

const selection = (page: Page) => page.evaluate(() => getSelection()?.toString().trim());
const explanation = (page: Page) =>
  page.getByText(/copying here, because the page isn’t open over https\. Press Ctrl\+C/);

test("without a clipboard, copying a key that is shown once selects it and says so", async ({ staff }) => {
  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "API keys" }).click();
  await staff.getByRole("button", { name: "Create API key" }).click();
  await staff.getByLabel("Name").fill("Copied by hand");
  await staff.getByRole("button", { name: "Create key" }).click();
  const secret = await staff.getByLabel("API key", { exact: true }).innerText();
  await staff.getByRole("button", { name: "Copy key" }).click();
  await expect(explanation(staff).first()).toBeAttached();
  expect(await selection(staff)).toBe(secret);
});

test("without a clipboard, text that is not on screen is shown and selected", async ({ staff, trailport }) => {
  await organizationWith(trailport, "No clipboard", EVENTS);
  await openEvents(staff, "No clipboard");
  await staff.getByRole("button", { name: "Actions" }).click();
  await staff.getByRole("menuitem", { name: "Copy as cURL" }).click();
  await expect(explanation(staff).first()).toBeAttached();
  await expect.poll(() => selection(staff)).toMatch(/^curl .*audit_logs\/exports/s);
  await staff.getByRole("button", { name: "Dismiss" }).click();

  await staff.getByRole("button", { name: "Copy organization ID" }).click();
  expect(await selection(staff)).toMatch(/^org_\w+$/);

  await rows(staff).first().getByRole("cell").last().click();
  await staff.getByRole("dialog", { name: "Event" }).getByRole("button", { name: "Copy link" }).click();
  await expect.poll(() => selection(staff)).toBe(staff.url());
});
