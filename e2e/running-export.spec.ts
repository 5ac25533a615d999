import type { Page } from "@playwright/test";
import { z } from "zod";
import { seedCrowd } from "./crowd";
import { expect, test } from "./fixtures";

const EVENTS = 600_000;
const DAY = 86_400_000;

const created = z.object({ id: z.string() });

/** How much of the export is done, in percent, once that is known and more than nothing. */
async function seenShare(page: Page): Promise<number> {
  const bar = page.getByRole("progressbar", { name: /^Export / });
  await expect(bar).toHaveAttribute("aria-valuenow", /^[1-9]\d?$/, { timeout: 60_000 });
  await expect(page.getByText(/^[\d,]+ of 600,000 rows/)).toBeVisible();
  return Number(await bar.getAttribute("aria-valuenow"));
}

test("an export at work says how far it is, after a reload and in another tab too, and ends within seconds of being cancelled", async ({
  staff,
  trailport,
  place,
}) => {
  test.setTimeout(300_000);
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  const organization = created.parse(
    await (await staff.request.post("/organizations", { headers, data: { name: "Very busy" } })).json(),
  );
  const range = { from: new Date(Date.now() - 60 * DAY), to: new Date() };
  await seedCrowd(trailport, organization.id, { count: EVENTS, ...range, seed: 1 });
  const data = {
    organization_id: organization.id,
    range_start: range.from.toISOString(),
    range_end: new Date(Date.now() + DAY).toISOString(),
    // What takes longest to write.
    format: "jsonl",
    gzip: true,
  };
  const asked = created.parse(await (await staff.request.post("/audit_logs/exports", { headers, data })).json());

  await staff.goto(`/dashboard/${place.environmentId}/organizations/${organization.id}/exports`);
  const before = await seenShare(staff);
  await staff.reload();
  const afterReload = await seenShare(staff);
  expect(afterReload).toBeGreaterThanOrEqual(before);
  const otherTab = await staff.context().newPage();
  await otherTab.goto(`/dashboard/${place.environmentId}/exports`);
  expect(await seenShare(otherTab)).toBeGreaterThanOrEqual(afterReload);

  await staff.getByRole("button", { name: /^Cancel / }).click();
  for (const page of [staff, otherTab]) {
    // The newest comes first, below the columns' names.
    await expect(page.getByRole("row").nth(1)).toContainText("Cancelled by", { timeout: 5_000 });
    await expect(page.getByRole("progressbar", { name: /^Export / })).toHaveCount(0);
  }
  const ended = await staff.request.get(`/audit_logs/exports/${asked.id}`, { headers });
  const answer: unknown = await ended.json();
  expect(answer).toMatchObject({ state: "error" });
  expect(answer).not.toHaveProperty("url");
});
