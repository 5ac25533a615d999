import { ada, count, EVENTS, openEvents, organizationWith, plan, rows } from "./events-on-screen";
import { expect, test } from "./fixtures";

const HOUR = 3_600_000;

// A zone other than UTC.
test.use({ timezoneId: "Asia/Kolkata" });

test("search finds actions, actors and targets; “/” focuses it and a button clears it", async ({
  staff,
  trailport,
}) => {
  await organizationWith(trailport, "Free text", EVENTS);
  await openEvents(staff, "Free text");
  const search = staff.getByRole("group", { name: "Filters" }).getByRole("searchbox");
  await staff.getByRole("table", { name: "Events" }).press("/");
  await expect(search).toBeFocused();
  for (const [typed, found] of Object.entries({ "GRACE h": 2, signed: 1, doc_budget: 1 })) {
    await search.fill(typed);
    await expect(rows(staff)).toHaveCount(found);
  }
  await expect(staff).toHaveURL(/q=doc_budget/);
  await staff.reload();
  await expect(search).toHaveValue("doc_budget");
  await expect(rows(staff)).toHaveCount(1);
  await staff.getByRole("button", { name: "Clear search" }).click();
  await expect(search).toBeFocused();
  await expect(rows(staff)).toHaveCount(EVENTS.length);
  await expect(staff).not.toHaveURL(/q=/);

  await search.fill("no such event");
  await expect(staff.getByRole("heading", { name: "No events match" })).toBeVisible();
  await staff.getByRole("button", { name: "Search all time" }).click();
  await expect(staff.getByText("No events match all filters. Remove one.")).toBeVisible();
  await expect(staff.getByRole("button", { name: "Search all time" })).toBeHidden();
  await staff.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(staff.getByRole("group", { name: "Filters" })).toBeFocused();
  await expect(search).toHaveValue("");
  await expect(rows(staff)).toHaveCount(EVENTS.length);
});

test("a relative range can be typed in plain words", async ({ staff, trailport }) => {
  await organizationWith(trailport, "Typed range", EVENTS);
  await openEvents(staff, "Typed range");
  await staff.getByRole("button", { name: /^Time range/ }).click();
  const form = staff.getByRole("dialog", { name: "Time range" });
  await form.getByLabel("Relative").fill("a while ago");
  await form.getByLabel("Relative").press("Enter");
  await expect(form.getByText(/^Try “last 36 hours”/)).toBeVisible();
  await form.getByLabel("Relative").fill("past 210 minutes");
  await form.getByLabel("Relative").press("Enter");
  await expect(form).toBeHidden();
  await expect(staff.getByRole("button", { name: "Time range: Last 210 minutes" })).toBeVisible();
  await expect(rows(staff)).toHaveCount(3);
  await staff.reload();
  await expect(rows(staff)).toHaveCount(3);
});

test("a range between two dates includes both days and does not change when applied again", async ({
  staff,
  trailport,
}) => {
  const now = Date.now();
  const day = (daysAgo: number) => new Date(now + 5.5 * HOUR - daysAgo * 24 * HOUR).toISOString().slice(0, 10);
  const at = (action: string, daysAgo: number, time: string) => ({
    action,
    hoursAgo: (Date.now() - Date.parse(`${day(daysAgo)}T${time}+05:30`)) / HOUR,
    actor: ada,
    targets: [],
  });
  await organizationWith(trailport, "Typed days", [
    at("day.before", 6, "23:59:30"),
    at("first.minute", 5, "00:00:30"),
    at("last.minute", 3, "23:59:30"),
    at("day.after", 2, "00:00:30"),
  ]);
  await openEvents(staff, "Typed days");
  const open = () => staff.getByRole("button", { name: /^Time range/ }).click();
  const form = staff.getByRole("dialog", { name: "Time range" });
  await open();
  await form.getByLabel("From").fill(day(5));
  await form.getByLabel("To", { exact: true }).fill(day(6));
  await form.getByRole("button", { name: "Apply range" }).click();
  await expect(form.getByText("“To” must be later than “From”.")).toBeVisible();
  await form.getByLabel("To", { exact: true }).fill(day(3));
  await form.getByRole("button", { name: "Apply range" }).click();
  await expect(form).toBeHidden();
  await expect(rows(staff)).toHaveCount(2);
  await expect(rows(staff).first()).toContainText("last.minute");
  await expect(rows(staff).last()).toContainText("first.minute");
  const url = staff.url();
  await open();
  await expect(form.getByLabel("To", { exact: true })).toHaveValue(`${day(2)} 00:00`);
  await form.getByRole("button", { name: "Apply range" }).click();
  await expect(form).toBeHidden();
  expect(staff.url()).toBe(url);
});

test("keys move through and open rows, the URL reopens the event, and the zone changes the times", async ({
  staff,
  trailport,
}) => {
  await organizationWith(trailport, "Keyboard", EVENTS);
  await openEvents(staff, "Keyboard");
  await staff.keyboard.press("j");
  await staff.keyboard.press("j");
  await staff.keyboard.press("j");
  await staff.keyboard.press("k");
  await staff.keyboard.press("Enter");
  const drawer = staff.getByRole("dialog", { name: "Event" });
  await expect(drawer).toContainText("Ada Lovelace");
  await expect(drawer).toContainText("document.shared");
  await expect(staff).toHaveURL(/event=audit_log_event_/);
  const first = staff.url();
  await staff.keyboard.press("j");
  await expect(drawer).toContainText("Grace Hopper");
  await expect(staff).not.toHaveURL(first);
  await staff.reload();
  await expect(drawer).toContainText("Grace Hopper");
  // The drawer ignores shortcuts of the browser and of the command menu.
  for (const keys of ["Control+j", "Control+j", "Control+k"]) {
    await staff.keyboard.press(keys);
    await expect(drawer).toContainText("Grace Hopper");
  }
  await staff.keyboard.press("k");
  await staff.keyboard.press("k");
  await expect(drawer).toContainText("document.opened");
  // At the newest event, the “Newer event” button is disabled but keeps the focus in the drawer.
  await expect(drawer.getByRole("button", { name: "Newer event" })).toBeDisabled();
  await drawer.getByRole("button", { name: "Older event" }).click();
  await drawer.getByRole("button", { name: "Newer event" }).click();
  await expect(drawer.getByRole("button", { name: "Newer event" })).toBeFocused();
  await staff.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(staff).not.toHaveURL(/event=/);

  // A click outside the rows takes the focus away, but keys still continue from the current row.
  await staff.getByRole("main").click({ position: { x: 5, y: 5 } });
  await expect(rows(staff).getByRole("button", { name: "document.opened" })).not.toBeFocused();
  await staff.keyboard.press("j");
  await expect(rows(staff).nth(1).getByRole("button", { name: "document.shared" })).toBeFocused();

  await expect(rows(staff).first()).toContainText("UTC+5:30");
  await staff.getByRole("button", { name: /^Time range/ }).click();
  await staff.getByRole("dialog", { name: "Time range" }).getByLabel("Time zone").selectOption({ label: "UTC" });
  await staff.keyboard.press("Escape");
  await expect(staff).toHaveURL(/zone=utc/);
  await expect(rows(staff).first()).not.toContainText("UTC+5:30");
});

test("continuing a search finds a rare event, and until then it never says “No events”", async ({
  staff,
  trailport,
}) => {
  const many = Array.from({ length: 41_000 }, (_, n) => ({
    action: "robot.pinged",
    hoursAgo: 1 + n / 1000,
    actor: { id: "robot", name: "Robot" },
    targets: [],
  }));
  const needle = { action: "needle.found", hoursAgo: 72, actor: ada, targets: [plan] };
  await organizationWith(trailport, "Haystack", [...many, needle]);
  await openEvents(staff, "Haystack");
  await staff.getByRole("group", { name: "Filters" }).getByRole("searchbox").fill("needle");
  await expect(staff.getByRole("heading", { name: "Search not finished" })).toBeVisible();
  const progress = staff
    .getByRole("status")
    .filter({ hasText: /^Searched about 20,000 events, back to .*\. No matches yet\.$/ });
  await expect(progress).toBeVisible();
  await expect(count(staff, "Counting…")).toBeVisible();
  await expect(staff.getByText("No events match")).toBeHidden();
  await staff.getByRole("button", { name: "Continue searching" }).click();
  await expect(rows(staff)).toHaveCount(1);
  await expect(rows(staff)).toContainText("needle.found");
  await expect(staff.getByRole("button", { name: "Continue searching" })).toBeHidden();
});
