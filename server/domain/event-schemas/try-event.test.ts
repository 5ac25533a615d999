import { expect } from "vitest";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { test } from "@/server/testing/fixtures";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { createEventSchema } from "./event-schemas";
import { findActions } from "./find-actions";
import { proposeSchema } from "./propose-schema";
import { findViolations } from "./require-valid-event";
import { tryEvent } from "./try-event";

const sent = {
  action: "invoice.paid",
  occurred_at: "2026-09-01T12:00:00Z",
  actor: { id: "user_1", type: "user" },
  targets: [{ id: "i1", type: "invoice" }],
  context: { location: "192.0.2.1" },
};
const violationsOf = async (scope: EnvironmentScope, value: unknown) => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const verdict = await tryEvent(scope, text);
  return verdict.accepted ? "accepted" : verdict.violations.map((each) => each.field ?? each.instancePath ?? each.code);
};

test("a dry run lists the violations by field, stores nothing and registers no action", async ({
  environment,
  organization,
  stranger,
}) => {
  const organization_id = organization.organization.id;
  expect(await violationsOf(environment, "{")).toEqual(["invalid_json"]);
  for (const value of [null, 5, [], "[]", {}]) expect(await violationsOf(environment, value)).not.toBe("accepted");
  expect(await violationsOf(environment, { ...sent, actor: {}, occurred_at: "soon" })).toEqual([
    "occurred_at",
    "actor.id",
    "actor.type",
  ]);
  expect(await violationsOf(environment, { organization_id, event: {} })).toContain("event.action");
  expect(await violationsOf(environment, { event: sent })).toEqual(["organization_id"]);
  expect(await violationsOf(environment, { organization_id: stranger.organization.id, event: sent })).toEqual([
    "organization_id",
  ]);
  expect(await tryEvent(environment, JSON.stringify({ organization_id, event: sent }))).toEqual({
    accepted: true,
    action: "invoice.paid",
    version: 1,
    versions: [],
    organizationId: organization_id,
  });
  expect(
    await violationsOf({ ...environment, environment: { ...environment.environment, strictActions: true } }, sent),
  ).toEqual(["/action"]);
  expect((await findActions(environment, { which: "all", search: "", limit: 10 })).items).toEqual([]);

  const metadata = {
    type: "object" as const,
    properties: { amount: { type: "number" as const } },
    required: ["amount"],
  };
  await createEventSchema(environment, sent.action, {
    targets: [{ type: "invoice", metadata }],
    actorMetadata: null,
    metadata,
  });
  expect(await violationsOf(environment, { ...sent, metadata: { amount: "5" } })).toEqual([
    "/metadata/amount",
    "/targets/0/metadata",
  ]);
  expect(await violationsOf(environment, { ...sent, version: 2 })).toEqual(["/version"]);
});

test("the schema proposed for an action accepts all events that it was inferred from", async ({
  environment,
  organization,
}) => {
  const action = "plan.changed";
  const team = (metadata: Record<string, string | number>) => ({ id: "t", type: "team", name: null, metadata });
  const events = [
    anEvent({ action, targets: [team({ size: 3 })], metadata: { plan: "pro", seats: 3, "": "odd" } }),
    anEvent({ action, targets: [team({ size: 4 }), anEvent().actor], metadata: { plan: "free", seats: "many" } }),
    anEvent({ action, targets: [team({})], metadata: { plan: "free", trial: true } }),
  ];
  await storeEvents(organization, [...events, anEvent({ metadata: { other: 1 } })]);
  const { events: count, schema } = await proposeSchema(environment, action);
  expect(count).toBe(3);
  expect(schema).toMatchObject({
    targets: [{ type: "team", metadata: { properties: { size: { type: "number" } } } }],
    actorMetadata: null,
    metadata: { properties: { plan: { type: "string" }, trial: { type: "boolean" } }, required: ["plan"] },
  });
  expect(schema.targets[0]?.metadata).not.toHaveProperty("required");
  await createEventSchema(environment, action, schema);
  for (const event of events) expect((await findViolations(environment, event)).violations).toEqual([]);
});

test("actions are listed by name, searchable, and filtered by whether they have a schema", async ({ environment }) => {
  const schema = { targets: [{ type: "team", metadata: null }], actorMetadata: null, metadata: null };
  for (const name of ["b.two", "a.one"]) await createEventSchema(environment, name, schema);
  await createEventSchema(environment, "b.two", { ...schema, targets: [{ type: "user", metadata: null }] });
  const { pk: environmentPk } = environment.environment;
  await environment.db.prisma.action.create({ data: { id: "ala_seen", environmentPk, name: "c.seen" } });
  const find = async (request: object) => {
    const page = await findActions(environment, { which: "all", search: "", limit: 10, ...request });
    return [page.items.map(({ name, version }) => [name, version]), page.next];
  };
  expect(await find({ limit: 2 })).toEqual([
    [
      ["a.one", 1],
      ["b.two", 2],
    ],
    "b.two",
  ]);
  expect(await find({ cursor: "b.two" })).toEqual([[["c.seen", null]], null]);
  expect(await find({ which: "unconfigured" })).toEqual([[["c.seen", null]], null]);
  expect(await find({ which: "configured", search: "TW" })).toEqual([[["b.two", 2]], null]);
});

test("a search for actions takes % and _ and backslashes literally", async ({ environment }) => {
  const { pk: environmentPk } = environment.environment;
  const names = ["100%.done", "a_b.done", String.raw`a\b.done`, "axb.done"];
  await environment.db.prisma.action.createMany({
    data: names.map((name, n) => ({ id: `ala_${n}`, environmentPk, name })),
  });
  const find = async (search: string) =>
    (await findActions(environment, { which: "all", search, limit: 10 })).items.map(({ name }) => name);
  for (const name of names) expect(await find(name.toUpperCase())).toEqual([name]);
  expect([await find("%"), await find("_"), await find("\\")]).toEqual([[names[0]], [names[1]], [names[2]]]);
  expect(await find("%done")).toEqual([]);
});

test("the validator rejects text with too many values without parsing it", async ({ environment }) => {
  const text = `{"targets":[${"{},".repeat(60_000)}{}]}`;
  expect(await tryEvent(environment, text)).toMatchObject({
    accepted: false,
    violations: [{ code: "too_large", message: "has more than 10000 values or 64 levels" }],
  });
});
