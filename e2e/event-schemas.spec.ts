import { expect, test } from "./fixtures";

test("an event rejected by its schema is replayed after a new schema version", async ({ staff, trailport }) => {
  const action = `invoice.paid-${Date.now()}`;
  const send = (metadata: object, version = 1) =>
    fetch(`${trailport.url}/audit_logs/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${trailport.api_key}`, "content-type": "application/json" },
      body: JSON.stringify({
        organization_id: trailport.organization_id,
        event: {
          action,
          version,
          occurred_at: new Date().toISOString(),
          actor: { id: "user_1", type: "user", name: "Ada Lovelace" },
          targets: [{ id: "invoice_1", type: "invoice" }],
          context: { location: "203.0.113.7" },
          metadata,
        },
      }),
    });

  await staff.goto("/dashboard");
  await staff.getByRole("link", { name: "Event schemas" }).click();
  await staff.getByRole("link", { name: "New action" }).click();
  await staff.getByLabel("Action", { exact: true }).fill(action);
  await staff.getByRole("textbox", { name: "Target type" }).fill("invoice");
  await staff.getByRole("button", { name: "Add key to event" }).click();
  await staff.getByLabel("event, key 1: name").fill("amount");
  await staff.getByLabel("event, key 1: type").selectOption("number");
  await staff.getByLabel("event, key 1: required").check();
  await staff.getByRole("button", { name: "Create action" }).click();
  await expect(staff.getByRole("heading", { level: 1, name: action })).toBeVisible();
  await expect(staff.getByRole("list", { name: "Event metadata" })).toContainText("amountnumber · required");

  expect((await send({ amount: 5 })).status).toBe(201);
  expect((await send({ amount: "5 EUR" })).status).toBe(400);

  await staff.getByRole("link", { name: "Event schemas" }).first().click();
  await staff.getByRole("link", { name: "Validator" }).click();
  await staff.getByRole("button", { name: "Use an example" }).click();
  const pasted = staff.getByLabel("Event as JSON");
  await pasted.fill((await pasted.inputValue()).replace("user.signed_in", action));
  await staff.getByRole("button", { name: "Check event" }).click();
  const result = staff.getByRole("region", { name: "Result" });
  await expect(result).toContainText("Rejected: 2 problems");
  await expect(result.getByText("/metadata", { exact: true })).toBeVisible();

  await staff.getByRole("link", { name: "Rejected events" }).click();
  const rejected = staff.getByRole("listitem", { name: `${action}, rejected` });
  await expect(rejected).toContainText("/metadata/amount must be number");
  await rejected.getByRole("button", { name: `Replay ${action}` }).click();
  await expect(staff.getByText("Still rejected").first()).toBeVisible();

  // Versions never change, so events for version 1 stay rejected. The next event is sent for version 2, which does not exist yet.
  expect((await send({ amount: "6 EUR" }, 2)).status).toBe(400);
  await rejected.first().getByRole("link", { name: "Open schema" }).click();
  await staff.getByRole("link", { name: "New version" }).click();
  await staff.getByRole("button", { name: "JSON" }).click();
  const schema = staff.getByLabel("Schema as JSON");
  await schema.fill((await schema.inputValue()).replace('"number"', '"string"'));
  await staff.getByRole("button", { name: "Fields" }).click();
  await expect(staff.getByLabel("event, key 1: type")).toHaveValue("string");
  await staff.getByRole("button", { name: "Create version" }).click();
  await expect(staff.getByText("Version 2", { exact: true })).toBeVisible();

  await staff.getByRole("link", { name: "Rejected events" }).click();
  await staff.getByRole("button", { name: "Replay all…" }).click();
  const dialog = staff.getByRole("dialog", { name: "Replay rejected events" });
  await dialog.getByRole("button", { name: "Replay all" }).click();
  await expect(dialog.getByRole("status")).toContainText(/1 accepted, \d+ still rejected\./);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await rejected.first().getByRole("link", { name: "Show event" }).click();
  const drawer = staff.getByRole("dialog");
  await expect(drawer).toContainText(action);
  await expect(drawer.getByRole("table", { name: "Metadata" })).toContainText("6 EUR");
});
