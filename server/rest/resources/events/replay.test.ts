import { expect } from "vitest";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { setStrictActions } from "@/server/domain/event-schemas/strict-actions";
import { getEventInEnvironment } from "@/server/domain/events/get-event";
import { listRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { replayRejectedEvent, replayRejectedEvents } from "@/server/domain/events/rejected/replay-rejected-events";
import { createOrganization } from "@/server/testing/factories";
import type { TestServices } from "@/server/testing/services";
import { test } from "@/server/testing/rest-fixtures";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";

const event = {
  action: "invoice.paid",
  occurred_at: "2026-09-01T12:00:00Z",
  actor: { id: "user_1", type: "user" },
  targets: [{ id: "i1", type: "invoice" }],
  context: { location: "192.0.2.1" },
  version: 2,
};
const targets = [{ type: "invoice", metadata: null }];
const anySchema = { targets, actorMetadata: null, metadata: null };
/** Accepts the same events. A schema that equals the newest version creates no other one. */
const anyOtherSchema = { ...anySchema, metadata: { type: "object" as const, properties: {}, description: "Any." } };
const strictSchema = {
  ...anySchema,
  metadata: { type: "object" as const, properties: { amount: { type: "number" as const } }, required: ["amount"] },
};
const rejected = (scope: EnvironmentScope) => listRejectedEvents(scope, { state: "all", limit: 100 });
/** Makes the next rejected event newer than all others. */
const later = ({ clock }: TestServices) => void (clock.now = new Date(clock.now.getTime() + 1_000));
const count = async ({ db, organization }: OrganizationScope) =>
  (await db.query("SELECT 1 FROM log.event WHERE organization_pk = $1", [organization.pk])).length;

test("replaying a rejected event stores it once with its own ULID and is recorded", async ({
  world,
  call,
  environment,
  organization,
}) => {
  await createEventSchema(environment, event.action, anySchema);
  const body = { organization_id: organization.organization.id, event };
  expect(await call("POST", "/audit_logs/events", body)).toMatchObject({ status: 400 });
  const id = (await rejected(environment)).items[0]?.id ?? "";

  await createEventSchema(environment, event.action, strictSchema);
  expect(await replayRejectedEvent(environment, id)).toMatchObject({ status: "rejected" });
  const [again] = (await rejected(environment)).items;
  expect(again).toMatchObject({ replay: { kind: "possible" }, violations: [{ instancePath: "/metadata" }] });

  later(world);
  await call("POST", "/audit_logs/events", { ...body, event: { ...event, version: 3 } });
  await createEventSchema(environment, event.action, anySchema);
  const newest = (await rejected(environment)).items[0]?.id ?? "";
  const eventId = newest.replace("rejected_event_", "audit_log_event_");
  const outcomes = await Promise.all([1, 2, 3].map(() => replayRejectedEvent(environment, newest)));
  expect(outcomes).toContainEqual({ status: "stored", eventId });
  expect(await replayRejectedEvent(environment, newest)).toEqual({ status: "known", eventId });
  expect(await count(organization)).toBe(1);
  const stored = await getEventInEnvironment(environment, eventId);
  expect(stored).toMatchObject({ organizationId: organization.organization.id, event: { version: 3 } });
  const where = { environmentPk: environment.environment.pk, action: "rejected_events.replayed" };
  const trail = await environment.db.prisma.activity.findMany({ where });
  expect(trail.map((entry) => [entry.actor, entry.details])).toEqual([[environment.principal, { events: 1 }]]);
});

test("replaying all pending events stores the valid ones in batches and keeps the rest", async ({
  call,
  environment,
  organization,
}) => {
  await createEventSchema(environment, event.action, anySchema);
  const organization_id = organization.organization.id;
  const of = (n: number, changes = {}) => ({
    organization_id,
    event: { ...event, targets: [{ id: `i${n}`, type: "invoice" }], ...changes },
  });
  const bad = of(0, { occurred_at: "yesterday" });
  const huge = of(0, { metadata: { text: "x".repeat(30_000) } });
  const events = [bad, huge, ...Array.from({ length: 205 }, (_, n) => of(n))];
  // After 100 rejections, a batch's other events are not kept.
  for (let at = 0; at < events.length; at += 70) {
    await call("POST", "/audit_logs/events/batch", { events: events.slice(at, at + 70) });
  }
  await createEventSchema(environment, event.action, anyOtherSchema);

  const first = await replayRejectedEvents(environment, null);
  const second = await replayRejectedEvents(environment, first.next);
  expect(first.next).not.toBeNull();
  expect(second.next).toBeNull();
  expect([first.accepted + second.accepted, first.rejected + second.rejected]).toEqual([205, 1]);
  expect(await count(organization)).toBe(205);
  const waiting = await listRejectedEvents(environment, { state: "waiting", limit: 100 });
  expect(waiting.items.map((each) => each.replay.kind).toSorted()).toEqual(["possible", "truncated"]);
  const truncated = waiting.items.find((each) => each.replay.kind === "truncated")?.id ?? "";
  await expect(replayRejectedEvent(environment, truncated)).rejects.toThrow(/Too large to replay/);
});

test("a replay uses the idempotency key and finds an organization created later", async ({
  world,
  call,
  environment,
  organization,
}) => {
  await createEventSchema(environment, event.action, anySchema);
  const body = { organization_id: organization.organization.id, event };
  const send = () => call("POST", "/audit_logs/events", body, { "idempotency-key": "key-1" });
  expect(await send()).toMatchObject({ status: 400 });
  await createEventSchema(environment, event.action, anyOtherSchema);
  await expect.poll(async () => (await send()).status, { interval: 100, timeout: 5_000 }).toBe(201);
  const id = (await listRejectedEvents(environment, { state: "all", limit: 100 })).items.at(-1)?.id ?? "";
  expect(await replayRejectedEvent(environment, id)).toEqual({ status: "known", eventId: null });
  expect(await count(organization)).toBe(1);

  const other = await createOrganization(environment, "Later");
  const { prisma } = environment.db;
  const { pk, id: organization_id } = other.organization;
  later(world);
  await prisma.organization.update({ where: { pk }, data: { deletedAt: new Date() } });
  expect(await call("POST", "/audit_logs/events", { organization_id, event })).toMatchObject({ status: 404 });
  await prisma.organization.update({ where: { pk }, data: { deletedAt: null } });
  const missed = (await rejected(environment)).items[0];
  expect(missed).toMatchObject({ organizationId: organization_id, code: "entity_not_found" });
  expect(await replayRejectedEvent(environment, missed?.id ?? "")).toMatchObject({ status: "stored" });
});

test("a rejected event of another environment is not found and not replayed", async ({
  call,
  environment,
  organization,
  stranger,
}) => {
  await setStrictActions(environment, true);
  await createEventSchema(environment, event.action, anySchema);
  await call("POST", "/audit_logs/events", { organization_id: organization.organization.id, event });
  const id = (await rejected(environment)).items[0]?.id ?? "";
  await expect(replayRejectedEvent(stranger, id)).rejects.toThrow(`Rejected event not found: '${id}'.`);
  expect(await replayRejectedEvents(stranger, null)).toEqual({ accepted: 0, rejected: 0, next: null });
});
