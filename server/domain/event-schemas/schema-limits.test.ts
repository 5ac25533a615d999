import { expect } from "vitest";
import { SCHEMA_LIMITS } from "@/schemas/limits";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import { type ApiResponse, test } from "@/server/testing/rest-fixtures";
import { proposeSchema } from "./propose-schema";
import { createEventSchema, listActions } from "./event-schemas";
import { anEvent, storeEvents } from "@/server/testing/factories";

type Call = (method: string, path: string, body?: unknown) => Promise<ApiResponse>;

const SCHEMAS = "/audit_logs/actions/team.updated/schemas";
const numbered = (count: number, property: object = { type: "string" }) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`key_${n}`, property]));
const targets = [{ type: "team" }];

function send(call: Call, { organization }: OrganizationScope, given: object): Promise<ApiResponse> {
  const event = {
    action: "team.updated",
    occurred_at: "2026-09-01T12:00:00Z",
    actor: { id: "user_1", type: "user" },
    targets: [{ id: "t1", type: "team" }],
    context: { location: "192.0.2.1" },
    ...given,
  };
  return call("POST", "/audit_logs/events", { organization_id: organization.id, event });
}

/** Stores a schema version as an earlier Trailport could have, whatever its size. */
async function storeVersion(scope: EnvironmentScope, version: number, metadata: object): Promise<void> {
  const where = { environmentPk_name: { environmentPk: scope.environment.pk, name: "team.updated" } };
  const create = { id: newId("ala", scope.now()), environmentPk: scope.environment.pk, name: "team.updated" };
  const { id: actionId } = await scope.db.prisma.action.upsert({ where, create, update: {} });
  const data = {
    id: newId("als", scope.now()),
    actionId,
    version,
    targets: [{ type: "team", metadata: null }],
    metadata,
  };
  await scope.db.prisma.auditLogSchema.create({ data });
}

test("a metadata schema has at most as many properties as metadata has keys", async ({ call }) => {
  const places = [
    ["metadata.properties", (metadata: object) => ({ targets, metadata })],
    ["actor.metadata.properties", (metadata: object) => ({ targets, actor: { metadata } })],
    ["targets.0.metadata.properties", (metadata: object) => ({ targets: [{ type: "team", metadata }] })],
  ] as const;
  for (const [field, body] of places) {
    expect(await call("POST", SCHEMAS, body({ properties: numbered(50) }))).toMatchObject({ status: 201 });
    for (const count of [51, 4_000]) {
      const rejected = await call("POST", SCHEMAS, body({ properties: numbered(count) }));
      const message = count === 51 ? "must be at most 50 properties" : "must be at most 64,000 characters of JSON";
      expect(rejected).toMatchObject({ status: 422, body: { errors: [{ message }] } });
      if (count === 51) expect(rejected.body).toMatchObject({ errors: [{ field }] });
    }
  }
});

test("a schema's lists and its whole size are limited, each with its own error", async ({ call }) => {
  const types = (count: number) => Array.from({ length: count }, (_, n) => ({ type: `type_${n}` }));
  const described = { type: "string", description: "x".repeat(500) };
  const messageOf = async (body: object) => {
    const { status, body: error } = await call("POST", SCHEMAS, body);
    expect(status).toBe(422);
    return JSON.stringify(error);
  };
  expect(await messageOf({ targets: types(51) })).toContain("must be at most 50 target types");
  const listed = { type: "string", enum: Array.from({ length: 101 }, String) };
  expect(await messageOf({ targets, metadata: { properties: { a: listed } } })).toContain("must be at most 100 values");
  const required = Object.keys(numbered(51));
  expect(await messageOf({ targets, metadata: { required } })).toContain("must be at most 50 keys");
  const large = types(4).map((each) => ({ ...each, metadata: { properties: numbered(50, described) } }));
  expect(await messageOf({ targets: large })).toContain("must be at most 64,000 characters of JSON");
});

test("larger schemas of earlier versions keep working and can be listed", async ({
  call,
  environment,
  organization,
}) => {
  await storeVersion(environment, 1, {
    type: "object",
    properties: { ...numbered(28_000), amount: { type: "number" } },
    required: ["amount"],
  });
  expect(await send(call, organization, { metadata: { amount: 5, key_27999: "x" } })).toMatchObject({ status: 201 });
  const rejected = await send(call, organization, { metadata: { key_27999: 5 } });
  expect(rejected).toMatchObject({ status: 400, body: { code: "invalid_audit_log_event" } });
  expect((rejected.body["errors"] as { instancePath: string }[]).map((each) => each.instancePath)).toEqual([
    "/metadata",
    "/metadata/key_27999",
  ]);
  expect(await call("GET", SCHEMAS)).toMatchObject({ status: 200, body: { data: [{ version: 1 }] } });
  expect(await call("GET", "/audit_logs/actions")).toMatchObject({
    status: 200,
    body: { data: [{ name: "team.updated" }] },
  });
});

test("a list of large schemas has short pages that lead to all of them in both directions", async ({
  call,
  environment,
}) => {
  const characters = 200_000;
  for (let version = 1; version <= 7; version += 1) {
    await storeVersion(environment, version, { type: "object", description: "x".repeat(characters), properties: {} });
  }
  const follow = async (direction: "after" | "before", order: string, from: string) => {
    const versions: number[] = [];
    for (let cursor: string | null = from; cursor !== null;) {
      const query: string = cursor === "" ? "" : `&${direction}=${cursor}`;
      const { body }: ApiResponse = await call("GET", `${SCHEMAS}?limit=100&order=${order}${query}`);
      const data = body["data"] as { version: number }[];
      expect(data.length).toBeLessThan(3);
      versions.push(...(direction === "after" ? data : data.toReversed()).map((each) => each.version));
      cursor = (body["list_metadata"] as Record<"after" | "before", string | null>)[direction];
    }
    return versions;
  };
  const rows = await environment.db.prisma.auditLogSchema.findMany({
    where: { action: { environmentPk: environment.environment.pk } },
    orderBy: { id: "desc" },
  });
  const newestFirst = rows.map((row) => row.version);
  expect(await follow("after", "desc", "")).toEqual(newestFirst);
  expect(await follow("after", "asc", "")).toEqual(newestFirst.toReversed());
  const oldest = rows.at(-1)?.id ?? "";
  expect(await follow("before", "desc", oldest)).toEqual(newestFirst.toReversed().slice(1));
  expect(await call("GET", "/audit_logs/actions")).toMatchObject({ body: { data: [{ name: "team.updated" }] } });
});

test("an event reads only the version that it names, and checks are kept up to a total size", async ({
  call,
  world,
  environment,
  organization,
}) => {
  const kept = () => world.services.caches.stats().find(({ name }) => name === "event_checks")?.entries ?? 0;
  const before = kept();
  const versions = 30;
  for (let version = 1; version <= versions; version += 1) {
    await storeVersion(environment, version, {
      type: "object",
      properties: numbered(20_000),
      required: [`key_${version}`],
    });
  }
  expect(await send(call, organization, { version: 30, metadata: { key_30: "x" } })).toMatchObject({ status: 201 });
  expect(kept() - before).toBe(1);
  for (let version = 1; version <= versions; version += 1) {
    const metadata = { [`key_${version}`]: "x" };
    expect(await send(call, organization, { version, metadata })).toMatchObject({ status: 201 });
    expect(await send(call, organization, { version, metadata: {} })).toMatchObject({ status: 400 });
  }
  expect(await send(call, organization, { version: 31 })).toMatchObject({
    status: 400,
    body: { errors: [{ code: "unknown_version", message: expect.stringContaining("1 to 30") as string }] },
  });
  expect(kept()).toBeLessThan(versions);
});

test("an action has at most 1,000 schema versions", async ({ environment }) => {
  const schema = { targets: [{ type: "team", metadata: null }], actorMetadata: null, metadata: null };
  await storeVersion(environment, SCHEMA_LIMITS.versions - 1, {});
  expect(await createEventSchema(environment, "team.updated", schema)).toMatchObject({ version: 1_000 });
  const other = { ...schema, targets: [{ type: "user", metadata: null }] };
  await expect(createEventSchema(environment, "team.updated", other)).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining("1,000 schema versions") as string,
  });
});

test("an environment has at most 10,000 actions, and known actions still work then", async ({
  call,
  environment,
  organization,
  stranger,
}) => {
  const { pk } = environment.environment;
  await environment.db.query(
    `INSERT INTO action (id, environment_pk, name) SELECT 'ala_' || $1::int || '_' || n, $1, 'known.' || n
     FROM generate_series(1, $2::int) AS n`,
    [pk, SCHEMA_LIMITS.actions - 1],
  );
  expect(await send(call, organization, { action: "last.one" })).toMatchObject({ status: 201 });
  const rejected = { errors: [{ code: "too_many_actions", instancePath: "/action" }] };
  for (let n = 0; n < 3; n += 1) {
    expect(await send(call, organization, { action: `new.${n}` })).toMatchObject({ status: 400, body: rejected });
  }
  for (const action of ["last.one", "known.1"]) {
    expect(await send(call, organization, { action })).toMatchObject({ status: 201 });
  }
  expect(await call("POST", "/audit_logs/actions/new.1/schemas", { targets })).toMatchObject({ status: 422 });
  expect(await call("POST", "/audit_logs/actions/known.1/schemas", { targets })).toMatchObject({ status: 201 });
  const schema = { targets: [{ type: "team", metadata: null }], actorMetadata: null, metadata: null };
  expect(await createEventSchema(stranger, "new.1", schema)).toMatchObject({ version: 1 });
  const page = { order: "desc", before: null, after: null, limit: 10, which: "all" } as const;
  expect((await listActions(environment, page)).items.map(({ name }) => name)).not.toContain("new.1");
});

test("the proposed schema of events with many different keys can be created", async ({ environment, organization }) => {
  const metadataOf = (from: number) => ({
    always: 1,
    ...Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`key_${from + n}`, "x"])),
  });
  const events = [0, 40, 80].map((from) => anEvent({ metadata: metadataOf(from) }));
  await storeEvents(organization, events);
  const { schema } = await proposeSchema(environment, anEvent().action);
  expect(Object.keys(schema.metadata?.properties ?? {})).toHaveLength(50);
  expect(schema.metadata).toMatchObject({ properties: { always: { type: "number" } }, required: ["always"] });
  expect(await createEventSchema(environment, anEvent().action, schema)).toMatchObject({ version: 1 });
});
