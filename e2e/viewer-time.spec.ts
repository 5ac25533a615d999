import type { Page } from "@playwright/test";
import { z } from "zod";
import { expect, test } from "./fixtures";
import type { FirstStart } from "./trailport-process";

const DAY = 86_400_000;

interface Sent {
  readonly action: string;
  readonly occurredAt: number;
}

/** Creates an organization with these events, opens its page and returns its ID. */
async function openOrganization(staff: Page, trailport: FirstStart, events: readonly Sent[]): Promise<string> {
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  const created = await staff.request.post("/organizations", { headers, data: { name: `In time ${events.length}` } });
  const { id } = z.object({ id: z.string() }).parse(await created.json());
  await send(staff, trailport, id, events);
  await staff.goto("/dashboard");
  await staff.waitForURL(/organizations$/);
  await staff.goto(`${staff.url()}/${id}`);
  return id;
}

async function send(staff: Page, trailport: FirstStart, id: string, events: readonly Sent[]): Promise<void> {
  const headers = { authorization: `Bearer ${trailport.api_key}` };
  for (let first = 0; first < events.length; first += 100) {
    const data = {
      events: events.slice(first, first + 100).map(({ action, occurredAt }) => ({
        organization_id: id,
        event: {
          action,
          occurred_at: new Date(occurredAt).toISOString(),
          actor: { type: "user", id: "user_1", name: "Ada" },
          targets: [],
          context: { location: "203.0.113.9" },
        },
      })),
    };
    expect((await staff.request.post("/audit_logs/events/batch", { headers, data })).ok()).toBe(true);
  }
}

const one = (action: string): Sent => ({ action, occurredAt: Date.now() });
const rowOf = (staff: Page, action: string) => staff.getByRole("table").getByRole("row").filter({ hasText: action });

test.describe("events chart", () => {
  test.beforeEach(async ({ staff, trailport }) => {
    const now = Date.now();
    const old = [1, 2, 3].map((n) => ({ action: "old.thing", occurredAt: now - 20 * DAY + n }));
    await openOrganization(staff, trailport, [...old, { action: "new.thing", occurredAt: now - 60_000 }]);
    await expect(rowOf(staff, "old.thing")).toHaveCount(3);
    await expect(staff.getByRole("option", { name: ": 3 events" })).toBeVisible();
  });

  test("zooms in with the keyboard; Escape cancels, and the browser's back button zooms out", async ({ staff }) => {
    const chart = staff.getByRole("listbox", { name: "Events over time" });
    await chart.focus();
    await chart.press("ArrowLeft");
    await expect(staff.getByRole("option", { selected: true })).toHaveCount(1);
    await chart.press("Escape");
    await expect(staff.getByRole("option", { selected: true })).toHaveCount(0);
    expect(staff.url()).not.toContain("from=");

    await chart.press("End");
    await chart.press("Shift+ArrowLeft");
    await chart.press("Shift+ArrowLeft");
    await expect(staff.getByRole("option", { selected: true })).toHaveCount(3);
    await expect(staff.getByText(/^Selected: .*: 1 event$/)).toBeAttached();
    await chart.press("Enter");
    await expect(staff).toHaveURL(/from=.*to=/);
    await expect(rowOf(staff, "old.thing")).toHaveCount(0);
    await expect(rowOf(staff, "new.thing")).toHaveCount(1);
    await expect(chart).toBeFocused();

    await staff.goBack();
    await expect(staff).not.toHaveURL(/from=/);
    await expect(rowOf(staff, "old.thing")).toHaveCount(3);
  });

  test("zooms in by dragging and out with the button", async ({ staff }) => {
    const box = await staff.getByRole("option", { name: ": 3 events" }).boundingBox();
    if (!box) throw new Error("The bar is not visible.");
    const middle = box.y + box.height / 2;
    await staff.mouse.move(box.x - box.width / 2, middle);
    await staff.mouse.down();
    await staff.mouse.move(box.x + box.width * 1.5, middle, { steps: 4 });
    await expect(staff.getByRole("option", { selected: true })).toHaveCount(3);
    await staff.mouse.up();
    await expect(staff).toHaveURL(/from=.*to=/);
    await expect(rowOf(staff, "new.thing")).toHaveCount(0);
    await expect(rowOf(staff, "old.thing")).toHaveCount(3);
    const narrow = new URL(staff.url()).searchParams.get("from") ?? "";

    await staff.getByRole("button", { name: "Zoom out" }).click();
    await expect
      .poll(() => Date.parse(new URL(staff.url()).searchParams.get("from") ?? ""))
      .toBeLessThan(Date.parse(narrow));
  });
});

test("live mode shows new events, but holds them back while the user reads", async ({ staff, trailport }) => {
  const now = Date.now();
  const past = Array.from({ length: 60 }, (_, n) => ({ action: "past.thing", occurredAt: now - n * 60_000 - 60_000 }));
  const id = await openOrganization(staff, trailport, past);
  await expect(rowOf(staff, "past.thing").first()).toBeVisible();
  const live = staff.getByRole("button", { name: "Live", exact: true });
  await live.click();
  await expect(live).toHaveAttribute("aria-pressed", "true");
  await expect(staff).toHaveURL(/live=true/);
  await send(staff, trailport, id, [one("first.arrival")]);
  await expect(rowOf(staff, "first.arrival")).toBeVisible();
  await expect(staff.getByRole("status").filter({ hasText: /^1 new event$/ })).toBeAttached();

  // While scrolled down, new events are counted, and a button shows them.
  await rowOf(staff, "past.thing").nth(15).scrollIntoViewIfNeeded();
  await staff.mouse.wheel(0, 1500);
  await expect(live).toHaveAccessibleDescription(/^Paused/);
  await send(staff, trailport, id, [one("second.arrival"), one("third.arrival")]);
  await staff.getByRole("button", { name: "2 new events" }).click();
  await expect(rowOf(staff, "second.arrival")).toBeVisible();
  await expect(rowOf(staff, "third.arrival")).toBeVisible();
  await expect(staff.getByRole("button", { name: /new events?$/ })).toHaveCount(0);

  // While an event is open, the list does not move.
  await staff.getByRole("button", { name: "first.arrival" }).click();
  await expect(staff.getByRole("dialog", { name: "Event" })).toBeVisible();
  await send(staff, trailport, id, [one("fourth.arrival")]);
  // The page below the open event is hidden from assistive technology.
  await expect(staff.getByRole("button", { name: "1 new event", exact: true, includeHidden: true })).toBeAttached();
  await expect(staff.locator("table", { hasText: "fourth.arrival" })).toHaveCount(0);
  await staff.keyboard.press("Escape");
  await expect(rowOf(staff, "fourth.arrival")).toBeVisible();

  await live.click();
  await expect(staff).not.toHaveURL(/live/);
});

test("only rows near the viewport are rendered, and keys still reach the last of hundreds", async ({
  staff,
  trailport,
}) => {
  test.slow();
  const now = Date.now();
  const name = (n: number) => `numbered.n${String(n).padStart(3, "0")}`;
  const events = Array.from({ length: 320 }, (_, n) => ({ action: name(n + 1), occurredAt: now - (n + 1) * 60_000 }));
  await openOrganization(staff, trailport, events);
  const table = staff.getByRole("table", { name: "Events" });
  await expect(table.getByRole("button", { name: name(1) })).toBeVisible();
  await expect(table).toHaveAttribute("aria-rowcount", "-1");

  const last = table.getByRole("button", { name: name(320) });
  await expect(async () => {
    for (let presses = 0; presses < 50; presses += 1) await staff.keyboard.press("j");
    await expect(last).toBeFocused({ timeout: 100 });
  }).toPass({ timeout: 90_000, intervals: [100] });
  await expect(last).toBeInViewport();
  await expect(table).toHaveAttribute("aria-rowcount", "321");
  await expect(table.getByRole("row").filter({ hasText: name(320) })).toHaveAttribute("aria-rowindex", "321");
  expect(await table.getByRole("row").count()).toBeLessThan(60);
  await expect(table.getByRole("button", { name: name(100) })).toHaveCount(0);

  // The focused row stays rendered when the user scrolls away, so that keys continue from there.
  await staff.mouse.move(600, 400);
  await staff.mouse.wheel(0, -100_000);
  await expect(table.getByRole("button", { name: name(1) })).toBeVisible();
  await expect(last).toBeFocused();
  await staff.keyboard.press("k");
  await expect(table.getByRole("button", { name: name(319) })).toBeFocused();
  await expect(table.getByRole("button", { name: name(319) })).toBeInViewport();
});
