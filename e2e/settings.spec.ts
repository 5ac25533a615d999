import { z } from "zod";
import { addEmptyEnvironment } from "./empty-environment";
import { organizationWith } from "./events-on-screen";
import { expect, test } from "./fixtures";

test("an organization's details and retention can be edited, and typing its name deletes it", async ({
  staff,
  trailport,
  place,
}) => {
  const id = await organizationWith(trailport, "Before its change", []);
  await staff.goto(`/dashboard/${place.environmentId}/organizations/${id}/settings`);
  await staff.getByLabel("Name", { exact: true }).fill(" After its change ");
  await staff.getByLabel("External ID").fill("customer-77");
  await staff.getByLabel("Domains").fill("no domain");
  await staff.getByRole("button", { name: "Save details" }).click();
  await expect(staff.getByLabel("Domains")).toHaveAttribute("aria-invalid", "true");
  await staff.getByLabel("Domains").fill("After.example, second.example");
  await staff.getByRole("button", { name: "Save details" }).click();
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText("After its change");
  await expect(staff.getByLabel("Domains")).toHaveValue("after.example, second.example");

  await staff.getByLabel("Days to keep events").fill("0");
  await staff.getByRole("button", { name: "Save retention" }).click();
  await staff.reload();
  await expect(staff.getByLabel("Days to keep events")).toHaveValue("");
  await staff.getByLabel("Days to keep events").fill("400");
  await staff.getByRole("button", { name: "Save retention" }).click();
  await expect(staff.getByText("Events are kept for 400 days.").first()).toBeVisible();
  await staff.reload();
  await expect(staff.getByLabel("Days to keep events")).toHaveValue("400");
  await expect(staff.getByLabel("External ID")).toHaveValue("customer-77");

  await staff.getByRole("button", { name: "Delete organization…" }).click();
  const dialog = staff.getByRole("alertdialog");
  await dialog.getByLabel("Organization name").fill("Before its change");
  await expect(dialog.getByRole("button", { name: "Delete permanently" })).toBeDisabled();
  await dialog.getByLabel("Organization name").fill("After its change");
  await dialog.getByRole("button", { name: "Delete permanently" }).click();
  await expect(staff).toHaveURL(/organizations$/);
  await expect(staff.getByRole("heading", { name: "Organizations" })).toBeVisible();
  await expect(staff.getByRole("link", { name: "After its change" })).toHaveCount(0);
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  expect((await staff.request.get(`/organizations/${id}`, { headers })).status()).toBe(404);
});

test("redirect origins and unknown actions can be set by keyboard and apply to the API", async ({
  staff,
  trailport,
}) => {
  // An environment of its own, so that the events it rejects are not missing in other tests.
  const environment = await addEmptyEnvironment(trailport);
  await staff.goto(`/dashboard/${environment.id}/api-keys`);
  await staff.getByRole("button", { name: "Create API key" }).first().click();
  await staff.getByRole("dialog").getByLabel("Name").fill("Settings");
  await staff.getByRole("button", { name: "Create key" }).click();
  const headers = {
    authorization: `Bearer ${await staff.getByLabel("API key", { exact: true }).innerText()}`,
  };
  const created = await staff.request.post("/organizations", { headers, data: { name: "Under new settings" } });
  const organization = z.object({ id: z.string() }).parse(await created.json()).id;
  const link = (return_url: string) =>
    staff.request.post("/portal/generate_link", { headers, data: { organization, intent: "audit_logs", return_url } });
  await staff.goto(`/dashboard/${environment.id}/settings`);
  const origins = staff.getByLabel("Allowed origins (one per line)");
  await origins.fill("not an address");
  await staff.getByRole("button", { name: "Save origins" }).press("Enter");
  await expect(staff.getByRole("alert").filter({ hasText: "“not” must be a URL" })).toBeVisible();
  await expect(origins).toHaveValue("not an address");
  await origins.fill("https://app.settings.example/");
  await staff.getByRole("button", { name: "Save origins" }).press("Enter");
  await expect(origins).toHaveValue("https://app.settings.example");
  expect((await link("https://app.settings.example/back")).status()).toBe(201);
  expect((await link("https://elsewhere.example/back")).status()).toBe(400);

  const unknown = {
    organization_id: organization,
    event: {
      action: "settings.never_configured",
      occurred_at: new Date().toISOString(),
      actor: { type: "user", id: "user_1" },
      targets: [],
      context: { location: "203.0.113.9" },
    },
  };
  const send = async () => (await staff.request.post("/audit_logs/events", { headers, data: unknown })).status();
  const strict = staff.getByLabel("Reject events with unknown actions");
  for (const [checked, status] of [
    [true, 400],
    [false, 201],
  ] as const) {
    await strict.press("Space");
    await expect(strict).toBeChecked({ checked });
    await expect(strict).not.toHaveAttribute("aria-busy", "true");
    await expect(strict).toBeFocused();
    expect(await send()).toBe(status);
  }
});

test("retention that was set in months through the API is explained, and an event it will delete has a warning", async ({
  staff,
  trailport,
  place,
}) => {
  const actor = { id: "user_old", name: "Old sender" };
  const id = await organizationWith(trailport, "Kept for months", [
    { action: "document.opened", hoursAgo: 24 * 40, actor, targets: [] },
  ]);
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  const path = `/organizations/${id}/audit_logs_retention`;
  const set = await staff.request.put(path, { headers, data: { retention_period: "1_MONTH" } });
  expect(await set.json()).toEqual({ retention_period_in_days: 30 });
  await staff.goto(`/dashboard/${place.environmentId}/organizations/${id}/settings`);
  await expect(staff.getByText("Set through the API to 1 month.")).toBeVisible();
  const list = await staff.request.get(`/audit_logs/events?organization_id=${id}`, { headers });
  const { data } = z.object({ data: z.tuple([z.object({ id: z.string() })]) }).parse(await list.json());
  await staff.goto(`/dashboard/${place.environmentId}/organizations/${id}?event=${data[0].id}`);
  const drawer = staff.getByRole("dialog", { name: "Event" });
  await expect(drawer.getByRole("note")).toHaveText(
    "Its time is older than the organization's retention of 1 month; the event is deleted the next night.",
  );
});
