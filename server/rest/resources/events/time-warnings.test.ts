import { expect } from "vitest";
import { getEvent } from "@/server/domain/events/get-event";
import { setRetention } from "@/server/domain/retention/retention";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/rest-fixtures";

const DAY = 86_400_000;
const FUTURE = {
  code: "occurred_in_future",
  field: "event.occurred_at",
  message: "is in the future; check the sender's clock and time zone",
};
const OLD = {
  code: "older_than_retention",
  field: "event.occurred_at",
  message: "is older than the organization's retention of 1 month; the event is deleted the next night",
};

test("an event in the future, or that retention deletes at once, gets a warning in the response", async ({
  call,
  organization,
}) => {
  await setRetention(organization, { days: 30, months: 1 });
  const now = organization.now().getTime();
  const item = (time: number, id: string) => ({
    organization_id: organization.organization.id,
    event: {
      action: "user.signed_in",
      occurred_at: new Date(time).toISOString(),
      actor: { id, type: "user" },
      targets: [],
      context: { location: "192.0.2.1" },
    },
  });
  const one = async (time: number) => (await call("POST", "/audit_logs/events", item(time, "one"))).body;
  expect(await one(now)).toEqual({ success: true });
  expect(await one(now - 29 * DAY)).toEqual({ success: true });
  expect(await one(now + 3_600_000)).toEqual({ success: true, warnings: [FUTURE] });
  expect(await one(now - 40 * DAY)).toEqual({ success: true, warnings: [OLD] });
  const events = [now, now + DAY, now - 400 * DAY].map((time) => item(time, "batch"));
  expect((await call("POST", "/audit_logs/events/batch", { events })).body["data"]).toEqual([
    { status: "stored" },
    { status: "stored", warnings: [FUTURE] },
    { status: "stored", warnings: [OLD] },
  ]);
  await setRetention(organization, null);
  await expect.poll(() => one(now - 40 * DAY), { timeout: 20_000 }).toEqual({ success: true });
});

test("the event's page warns that its time is unusual", async ({ organization }) => {
  const at = async (time: number) => {
    const [id = ""] = await storeEvents(organization, [anEvent({ occurredAt: new Date(time) })]);
    return (await getEvent(organization, id)).warnings.map(({ code }) => code);
  };
  const now = organization.now().getTime();
  await setRetention(organization, 30);
  expect(await at(now - DAY)).toEqual([]);
  expect(await at(now + DAY)).toEqual(["occurred_in_future"]);
  expect(await at(now - 31 * DAY)).toEqual(["older_than_retention"]);
});
