import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import type pg from "pg";
import { z } from "zod";
import { seedManyEvents } from "./seed-events";
import { post } from "./events-on-screen";
import { expect, test } from "./fixtures";
import { duringTransaction } from "./open-transaction";
import type { FirstStart } from "./trailport-process";

/** Enough to write the first part of the file (10,000 rows) before the blocked row. */
const EVENTS = 20_000;
const DAY = 86_400_000;

const created = z.object({ id: z.string() });

/** Waits until the export's progress is above 0 and returns it in percent. */
async function visibleProgress(page: Page): Promise<number> {
  const bar = page.getByRole("progressbar", { name: /^Export / });
  await expect(bar).toHaveAttribute("aria-valuenow", /^[1-9]\d?$/, { timeout: 60_000 });
  await expect(page.getByText(/^[\d,]+ of 20,001 rows/)).toBeVisible();
  return Number(await bar.getAttribute("aria-valuenow"));
}

/** Sends an event whose metadata is so long that PostgreSQL stores it outside of the row, in the TOAST table. */
async function sendLongEvent(trailport: FirstStart, organizationId: string, occurredAt: Date): Promise<void> {
  const long = Array.from({ length: 20 }, (_, n) => [`key_${n}`, randomBytes(250).toString("hex")]);
  await post(trailport, "/audit_logs/events", {
    organization_id: organizationId,
    event: {
      action: "held.back",
      occurred_at: occurredAt.toISOString(),
      actor: { type: "user", id: "user_1" },
      targets: [],
      context: { location: "203.0.113.9" },
      metadata: Object.fromEntries(long),
    },
  });
}

/** Blocks reading that metadata, but not counting rows. Returns a function that counts the sessions blocked by it. */
async function blockMetadata(transaction: pg.Client): Promise<() => Promise<number>> {
  const { rows } = await transaction.query<{ index: string }>(
    `SELECT i.indexrelid::regclass::text AS index FROM log.event e JOIN pg_class t ON t.oid = e.tableoid
     JOIN pg_index i ON i.indrelid = t.reltoastrelid WHERE e.action = 'held.back'`,
  );
  const index = rows[0]?.index ?? "";
  await transaction.query(`REINDEX INDEX ${index}`);
  const waiting = `SELECT 1 FROM pg_locks WHERE relation = '${index}'::regclass AND NOT granted`;
  return async () => (await transaction.query(waiting)).rows.length;
}

test("a running export shows progress in every tab and stops within seconds when canceled", async ({
  staff,
  trailport,
  place,
}) => {
  test.setTimeout(180_000);
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  const organization = created.parse(await post(trailport, "/organizations", { name: "Very busy" }));
  const now = Date.now();
  const range = { from: new Date(now - 60 * DAY), to: new Date(now) };
  await seedManyEvents(trailport, organization.id, { count: EVENTS, ...range, seed: 1 });
  await sendLongEvent(trailport, organization.id, new Date(now - 15 * DAY));
  const data = {
    organization_id: organization.id,
    range_start: range.from.toISOString(),
    range_end: new Date(now + DAY).toISOString(),
    format: "jsonl",
    gzip: true,
  };

  await duringTransaction(trailport, async (transaction) => {
    const waiting = await blockMetadata(transaction);
    const requested = created.parse(await post(trailport, "/audit_logs/exports", data));
    await staff.goto(`/dashboard/${place.environmentId}/organizations/${organization.id}/exports`);
    const before = await visibleProgress(staff);
    await staff.reload();
    const afterReload = await visibleProgress(staff);
    expect(afterReload).toBeGreaterThanOrEqual(before);
    const otherTab = await staff.context().newPage();
    await otherTab.goto(`/dashboard/${place.environmentId}/exports`);
    expect(await visibleProgress(otherTab)).toBeGreaterThanOrEqual(afterReload);

    await expect.poll(waiting).toBe(1);
    await staff.getByRole("button", { name: /^Cancel / }).click();
    for (const page of [staff, otherTab]) {
      // The newest export is first, below the column headers.
      await expect(page.getByRole("row").nth(1)).toContainText("Canceled by", { timeout: 5_000 });
      await expect(page.getByRole("progressbar", { name: /^Export / })).toHaveCount(0);
    }
    // The export has also stopped in the database.
    await expect.poll(waiting, { timeout: 5_000 }).toBe(0);
    const ended = await staff.request.get(`/audit_logs/exports/${requested.id}`, { headers });
    const answer: unknown = await ended.json();
    expect(answer).toMatchObject({ state: "error" });
    expect(answer).not.toHaveProperty("url");
  });
});
