import { expect } from "vitest";
import { setStrictActions } from "@/server/domain/event-schemas/strict-actions";
import { expireRejectedEvents, listRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { type ApiResponse, test } from "@/server/testing/rest-fixtures";

const event = {
  action: "invoice.paid",
  occurred_at: "2026-09-01T12:00:00Z",
  actor: { id: "user_1", type: "user" },
  targets: [{ id: "i1", type: "invoice" }],
  context: { location: "192.0.2.1" },
};
const places = ({ body }: ApiResponse) =>
  (body["errors"] as { instancePath: string }[]).map((each) => each.instancePath);

test("an event must match the schema version that it specifies, or version 1", async ({ call, organization }) => {
  const metadata = (type: string) => ({ type: "object", properties: { amount: { type } }, required: ["amount"] });
  const path = "/audit_logs/actions/invoice.paid/schemas";
  await call("POST", path, { targets: [{ type: "invoice" }] });
  const second = await call("POST", path, {
    targets: [{ type: "invoice", metadata: metadata("number") }, { type: "customer" }],
    actor: { metadata: metadata("boolean") },
    metadata: metadata("string"),
  });
  expect(second).toMatchObject({ status: 201, body: { version: 2 } });
  const send = (changes: object) =>
    call("POST", "/audit_logs/events", {
      organization_id: organization.organization.id,
      event: { ...event, ...changes },
    });

  for (const version of [undefined, null, 0, 1]) expect(await send({ version })).toMatchObject({ status: 201 });
  const invalid = await send({ version: 2, metadata: { amount: 5 } });
  expect(invalid).toMatchObject({
    status: 400,
    body: { message: "Invalid Audit Log event.", code: "invalid_audit_log_event" },
  });
  expect(places(invalid)).toEqual(["/targets", "/metadata/amount", "/actor/metadata", "/targets/0/metadata"]);
  const valid = {
    version: 2,
    actor: { ...event.actor, metadata: { amount: true } },
    targets: [
      { id: "i1", type: "invoice", metadata: { amount: 5 } },
      { id: "c1", type: "customer" },
    ],
    metadata: { amount: "5 EUR" },
  };
  expect(await send(valid)).toMatchObject({ status: 201 });
  expect(places(await send({ version: 3 }))).toEqual(["/version"]);
});

test("unknown actions are registered, but a strict environment requires a schema", async ({
  call,
  environment,
  organization,
}) => {
  const send = (action: string) =>
    call("POST", "/audit_logs/events", {
      organization_id: organization.organization.id,
      event: { ...event, action },
    });
  expect(await send("new.action")).toMatchObject({ status: 201 });
  await setStrictActions(environment, true);
  // A key's environment is cached for up to a second.
  const strict = async () => (await send(`never.seen.${Math.random()}`)).status;
  await expect.poll(strict, { interval: 100, timeout: 5_000 }).toBe(400);
  const rejected = await send("never.configured");
  expect(rejected).toMatchObject({ status: 400, body: { code: "invalid_audit_log_event" } });
  expect(places(rejected)).toEqual(["/action"]);
  await call("POST", "/audit_logs/actions/never.configured/schemas", { targets: [{ type: "invoice" }] });
  const status = async () => (await send("never.configured")).status;
  await expect.poll(status, { interval: 100, timeout: 5_000 }).toBe(201);
});

test("a rejected event is kept for 7 days, even with text that PostgreSQL cannot store", async ({
  call,
  world,
  environment,
  organization,
}) => {
  const organization_id = organization.organization.id;
  const hostile = { organization_id, event: { ...event, action: "a\u0000b", metadata: { "\u0000": "\ud800" } } };
  expect(await call("POST", "/audit_logs/events", hostile)).toMatchObject({ status: 422 });
  const { items } = await listRejectedEvents(environment, { state: "all", limit: 10 });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ organizationId: organization_id, action: null, code: "invalid_input" });
  expect(JSON.parse(items[0]?.body ?? "")).toEqual(hostile);
  expect(items[0]?.violations.map((each) => each.field)).toContain("event.action");

  const at = world.clock.now;
  const kept = async (days: number) => {
    world.clock.now = new Date(at.getTime() + days * 86_400_000);
    await expireRejectedEvents(world.services);
    return (await listRejectedEvents(environment, { state: "all", limit: 10 })).items.length;
  };
  expect(await kept(6.9)).toBe(1);
  expect(await kept(7.1)).toBe(0);
});
