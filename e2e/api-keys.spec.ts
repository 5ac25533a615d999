import { expect, test } from "./fixtures";

test("a key works until it is revoked, and its secret is shown only once", async ({ staff, trailport }) => {
  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "API keys" }).click();
  await staff.getByRole("button", { name: "Create API key" }).click();
  await staff.getByLabel("Name").fill("Billing backend");
  await staff.getByRole("button", { name: "Create key" }).click();
  const secret = await staff.getByLabel("API key", { exact: true }).innerText();
  expect(secret).toMatch(/^sk_test_[\w-]{43}$/);
  await staff.getByRole("button", { name: "Done" }).click();

  const call = () => fetch(`${trailport.url}/organizations`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await call()).status).toBe(200);
  await staff.reload();
  await expect(staff.getByText(secret)).toHaveCount(0);

  await staff.getByRole("button", { name: "Revoke Billing backend" }).click();
  await staff.getByRole("alertdialog", { name: "Revoke API key" }).getByRole("button", { name: "Revoke key" }).click();
  await expect(staff.getByRole("row", { name: /Billing backend/ })).toContainText("Revoked");
  await expect.poll(async () => (await call()).status, { timeout: 3_000 }).toBe(401);
});

test("a key can do only what its scopes allow, and the list shows scopes, creator and address", async ({
  staff,
  trailport,
}) => {
  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "API keys" }).click();
  await staff.getByRole("button", { name: "Create API key" }).click();
  await staff.getByLabel("Name").fill("Event sender");
  const scopes = staff.getByRole("group", { name: "Scopes" });
  for (const scope of ["events:write", "events:read", "exports", "portal", "manage"]) {
    await scopes.getByRole("checkbox", { name: scope }).uncheck();
  }
  await expect(scopes.getByText("Choose at least one scope.")).toBeVisible();
  await scopes.getByRole("checkbox", { name: "events:write" }).check();
  await staff.getByRole("button", { name: "Create key" }).click();
  const secret = await staff.getByLabel("API key", { exact: true }).innerText();
  await staff.getByRole("button", { name: "Done" }).click();

  const headers = { authorization: `Bearer ${secret}` };
  const rejected = await fetch(`${trailport.url}/organizations`, { headers });
  expect(rejected.status).toBe(403);
  expect(await rejected.text()).toContain("'manage'");
  const row = staff.getByRole("row", { name: /Event sender/ });
  await expect(row).toContainText("events:write");
  await expect(row).toContainText("by Owner");
  await expect(async () => {
    await staff.reload();
    await expect(row).toContainText("from 127.0.0.1", { timeout: 1_000 });
  }).toPass();
});
