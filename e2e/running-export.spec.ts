import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import type pg from "pg";
import { z } from "zod";
import { seedCrowd } from "./seed-events";
import { post } from "./events-on-screen";
import { expect, test } from "./fixtures";
import { duringTransaction } from "./open-transaction";
import type { FirstStart } from "./trailport-process";

/** So many that the first part of the file, of 10,000 rows, is done before the one that is held back comes. */
const EVENTS = 20_000;
const DAY = 86_400_000;

const created = z.object({ id: z.string() });

/** How much of the export is done, in percent, once that is known and more than nothing. */
async function seenShare(page: Page): Promise<number> {
  const bar = page.getByRole("progressbar", { name: /^Export / });
  await expect(bar).toHaveAttribute("aria-valuenow", /^[1-9]\d?$/, { timeout: 60_000 });
  await expect(page.getByText(/^[\d,]+ of 20,001 rows/)).toBeVisible();
  return Number(await bar.getAttribute("aria-valuenow"));
}

/** Stores one event more, with metadata that are too long to stay in its row and so are kept beside the table. */
async function sendLong(trailport: FirstStart, organizationId: string, occurredAt: Date): Promise<void> {
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

/** Keeps what is beside the table from whoever reads it; counting does not. Answers how many wait for it. */
async function holdBack(transaction: pg.Client): Promise<() => Promise<number>> {
  const { rows } = await transaction.query<{ index: string }>(
    `SELECT i.indexrelid::regclass::text AS index FROM log.event e JOIN pg_class t ON t.oid = e.tableoid
     JOIN pg_index i ON i.indrelid = t.reltoastrelid WHERE e.action = 'held.back'`,
  );
  const index = rows[0]?.index ?? "";
  await transaction.query(`REINDEX INDEX ${index}`);
  const waiting = `SELECT 1 FROM pg_locks WHERE relation = '${index}'::regclass AND NOT granted`;
  return async () => (await transaction.query(waiting)).rows.length;
}

test("an export at work says how far it is, after a reload and in another tab too, and ends within seconds of being cancelled", async ({
  staff,
  trailport,
  place,
}) => {
  test.setTimeout(180_000);
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  const organization = created.parse(await post(trailport, "/organizations", { name: "Very busy" }));
  const now = Date.now();
  const range = { from: new Date(now - 60 * DAY), to: new Date(now) };
  await seedCrowd(trailport, organization.id, { count: EVENTS, ...range, seed: 1 });
  await sendLong(trailport, organization.id, new Date(now - 15 * DAY));
  const data = {
    organization_id: organization.id,
    range_start: range.from.toISOString(),
    range_end: new Date(now + DAY).toISOString(),
    format: "jsonl",
    gzip: true,
  };

  await duringTransaction(async (transaction) => {
    const waiting = await holdBack(transaction);
    const asked = created.parse(await post(trailport, "/audit_logs/exports", data));
    await staff.goto(`/dashboard/${place.environmentId}/organizations/${organization.id}/exports`);
    const before = await seenShare(staff);
    await staff.reload();
    const afterReload = await seenShare(staff);
    expect(afterReload).toBeGreaterThanOrEqual(before);
    const otherTab = await staff.context().newPage();
    await otherTab.goto(`/dashboard/${place.environmentId}/exports`);
    expect(await seenShare(otherTab)).toBeGreaterThanOrEqual(afterReload);

    await expect.poll(waiting).toBe(1);
    await staff.getByRole("button", { name: /^Cancel / }).click();
    for (const page of [staff, otherTab]) {
      // The newest comes first, below the columns' names.
      await expect(page.getByRole("row").nth(1)).toContainText("Cancelled by", { timeout: 5_000 });
      await expect(page.getByRole("progressbar", { name: /^Export / })).toHaveCount(0);
    }
    // Not only on screen: nobody reads on in the database.
    await expect.poll(waiting, { timeout: 5_000 }).toBe(0);
    const ended = await staff.request.get(`/audit_logs/exports/${asked.id}`, { headers });
    const answer: unknown = await ended.json();
    expect(answer).toMatchObject({ state: "error" });
    expect(answer).not.toHaveProperty("url");
  });
});
