import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import pg from "pg";
import { databaseUrl } from "./database";
import { EVENTS, openEvents, organizationWith, post } from "./events-on-screen";
import { expect, test } from "./fixtures";
import { duringTransaction } from "./open-transaction";

test("a gzipped JSON Lines export is downloaded from the toast that appears on another page", async ({ staff }) => {
  await staff.goto(`/dashboard`);
  await staff.getByRole("link", { name: /Northwind Logistics/ }).click();
  await staff.getByRole("button", { name: "Actions" }).click();
  await staff.getByRole("menuitem", { name: "Export CSV" }).click();
  const dialog = staff.getByRole("dialog", { name: "Export events" });
  await dialog.getByText("Format", { exact: true }).click();
  await dialog.getByLabel("File format").selectOption({ label: "JSON Lines" });
  await dialog.getByLabel("Compress with gzip").check();
  // Blocks the status on the first page, so that the toast can only appear on the next one.
  let isLeft = false;
  await staff.route(/exports\.byId/, async (route) => {
    if (isLeft) await route.continue();
  });
  await dialog.getByRole("button", { name: "Generate JSON Lines file" }).click();
  await expect(dialog).toBeHidden();
  await expect(staff.getByText("Export started", { exact: true })).toBeVisible();
  await staff.getByRole("link", { name: "API keys" }).click();
  await expect(staff.getByRole("heading", { name: "API keys" })).toBeVisible();
  // The export is still followed after a reload.
  isLeft = true;
  await staff.reload();

  const ready = staff.getByRole("listitem").filter({ hasText: "Your file is ready" });
  const [file] = await Promise.all([
    staff.waitForEvent("download"),
    ready.getByRole("button", { name: "Download" }).click({ timeout: 30_000 }),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.jsonl\.gz$/);
  const lines = gunzipSync(await readFile(await file.path()))
    .toString("utf8")
    .trimEnd()
    .split("\n");
  const actions = lines.map((line) => z.object({ action: z.string() }).parse(JSON.parse(line)).action);
  expect(actions).toContain("document.updated");

  await staff.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Exports", exact: true }).click();
  await expect(staff.getByRole("row").filter({ hasText: "JSON Lines, gzip" }).first()).toContainText(
    `${lines.length.toLocaleString("en-US")} rows`,
  );
  await expect(staff.getByRole("row").filter({ hasText: "JSON Lines, gzip" }).first()).toContainText("Available until");
  // The toast does not appear twice.
  await staff.reload();
  await expect(staff.getByRole("row").filter({ hasText: "JSON Lines, gzip" }).first()).toBeVisible();
  await expect(ready).toHaveCount(0);
});

test("a queued export can be canceled and exported again", async ({ staff, trailport, place }) => {
  const organization = z
    .object({ id: z.string() })
    .parse(await post(trailport, "/organizations", { name: "Two exports" }));
  const last = staff.getByRole("row").filter({ hasText: "never.second" });
  await duringTransaction(trailport, async (transaction) => {
    // An export waits for transactions that may have stored events, and the organization's next export waits for it.
    await transaction.query("LOCK TABLE ONLY log.event IN ROW EXCLUSIVE MODE");
    for (const action of ["never.first", "never.second"]) {
      await post(trailport, "/audit_logs/exports", {
        organization_id: organization.id,
        range_start: "2026-01-01T00:00:00.000Z",
        range_end: "2026-02-01T00:00:00.000Z",
        actions: [action],
      });
    }
    await staff.goto(`/dashboard/${place.environmentId}/organizations/${organization.id}/exports`);
    await expect(last).toContainText("Queued");
    await last.getByRole("button", { name: /^Cancel / }).click();
    await expect(last).toContainText("Canceled by");
    await staff.reload();
    await expect(last.getByText("Canceled", { exact: true })).toBeVisible();
    await expect(last).not.toContainText("Failed");
  });

  await last.getByRole("button", { name: /^Export again: / }).click();
  await expect(last).toHaveCount(2);
  await expect(last.first().getByRole("button", { name: /^Download / })).toBeVisible({ timeout: 60_000 });
  await expect(last.last()).toContainText("Canceled by");
});

test("an organization with too many unfinished exports is told what to wait for", async ({ staff, trailport }) => {
  const id = await organizationWith(trailport, "Too many exports", EVENTS);
  const client = new pg.Client({ connectionString: await databaseUrl(trailport) });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO audit_log_export (id, organization_pk, filters, requested_by, started_at)
       SELECT 'audit_log_export_too_many_' || n, o.pk, '{"from":"2026-01-01T00:00:00.000Z","to":"2026-01-01T00:00:00.000Z"}',
         '{"type":"system","id":"system","name":"A test"}', now()
       FROM organization o, generate_series(1, 10) AS n WHERE o.id = $1`,
      [id],
    );
    await openEvents(staff, "Too many exports");
    await staff.getByRole("button", { name: "Actions" }).click();
    await staff.getByRole("menuitem", { name: "Export CSV" }).click();
    await staff
      .getByRole("dialog", { name: "Export events" })
      .getByRole("button", { name: "Generate CSV file" })
      .click();
    await expect(
      // The text is also announced to screen readers, outside of the visible notification.
      staff
        .getByRole("region", { name: /^Notifications/ })
        .getByText(
          "An organization can have 10 unfinished exports at a time. Wait until one is finished, or cancel one.",
        ),
    ).toBeVisible();
  } finally {
    await client.query("DELETE FROM audit_log_export WHERE id LIKE 'audit_log_export_too_many_%'");
    await client.end();
  }
});
