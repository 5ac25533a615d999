import { expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";

test("an action name may have a dot and percent-encoding, but no slash", async ({ call }) => {
  const schema = { targets: [{ type: "team" }] };
  expect(await call("POST", "/audit_logs/actions/a%2Fb/schemas", schema)).toMatchObject({
    status: 422,
    body: { errors: [{ field: "name" }] },
  });
  expect(await call("POST", "/audit_logs/actions/caf%C3%A9.op%65ned/schemas", schema)).toMatchObject({ status: 201 });
  expect(await call("GET", "/audit_logs/actions")).toMatchObject({ body: { data: [{ name: "café.opened" }] } });
});

test("a schema with text that PostgreSQL cannot store is rejected by field", async ({ call }) => {
  const path = "/audit_logs/actions/invoice.paid/schemas";
  const targets = [{ type: "invoice" }];
  for (const text of ["\ud800", "a\u0000b"]) {
    for (const [field, metadata] of [
      ["metadata.required.0", { required: [text] }],
      ["metadata.description", { description: text }],
      ["metadata.properties.a.description", { properties: { a: { type: "string", description: text } } }],
      ["metadata.properties.a.enum.0", { properties: { a: { type: "string", enum: [text] } } }],
    ] as const) {
      const response = await call("POST", path, { targets, metadata: { type: "object", ...metadata } });
      expect(response).toMatchObject({ status: 422 });
      expect(JSON.stringify(response.body)).toContain(field);
    }
  }
});

test("creating a schema that equals the newest version returns that version", async ({ call, world, environment }) => {
  const path = "/audit_logs/actions/invoice.paid/schemas";
  const properties = { plan: { type: "string", enum: ["a", "b"] }, amount: { type: ["number", "string"], minimum: 0 } };
  const schema = {
    targets: [{ type: "team", metadata: { type: "object", properties } }, { type: "invoice" }],
    actor: { metadata: { type: "object", properties: { role: { type: "string" } } } },
    metadata: { type: "object", properties, required: ["plan", "amount"] },
  };
  const first = await call("POST", path, schema);
  expect(first).toMatchObject({ status: 201, body: { version: 1 } });
  world.clock.now = new Date(world.clock.now.getTime() + 1_000);
  const reordered = {
    metadata: { required: ["plan", "amount"], properties: { amount: properties.amount, plan: properties.plan } },
    actor: { metadata: { properties: { role: { type: "string" } }, type: "object" } },
    targets: [schema.targets[0], { metadata: null, type: "invoice" }],
  };
  for (const same of [schema, reordered]) {
    const again = await call("POST", path, same);
    expect(again).toMatchObject({ status: 201, body: first.body });
  }
  const entries = { where: { action: "event_schema.created", environmentPk: environment.environment.pk } };
  expect(await environment.db.prisma.activity.count(entries)).toBe(1);

  const changed = { ...schema, metadata: { ...schema.metadata, required: ["plan"] } };
  expect(await call("POST", path, changed)).toMatchObject({ status: 201, body: { version: 2 } });
  // Only the newest version counts.
  expect(await call("POST", path, schema)).toMatchObject({ status: 201, body: { version: 3 } });
  expect(await call("POST", path, { targets: [{ type: "team" }] })).toMatchObject({ body: { version: 4 } });
  const nothing = { targets: [{ type: "team", metadata: [] }], actor: { metadata: null }, metadata: null };
  expect(await call("POST", path, nothing)).toMatchObject({ body: { version: 4 } });
});

test("equal schemas that are created at the same time are one version", async ({ call }) => {
  const path = "/audit_logs/actions/invoice.sent/schemas";
  const body = { targets: [{ type: "invoice" }] };
  const responses = await Promise.all(Array.from({ length: 10 }, () => call("POST", path, body)));
  expect(responses.map((each) => [each.status, each.body["version"]])).toEqual(responses.map(() => [201, 1]));
});

test("errors in a schema name the field as it was sent", async ({ call }) => {
  const schema = { properties: { camelCase: { type: "string", maxLength: -1 }, "a b": { type: "string" } } };
  const body = { targets: [{ type: "team", metadata: schema }], actor: { metadata: schema }, metadata: schema };
  const response = await call("POST", "/audit_logs/actions/a.b/schemas", body);
  expect(response.status).toBe(422);
  for (const of of ["targets.0.metadata", "actor.metadata", "metadata"]) {
    expect(response.body["errors"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: `${of}.properties.camelCase.maxLength` }),
        expect.objectContaining({
          field: `${of}.properties.a b`,
          message: "is not a valid key: it must be at most 40 letters, digits, '_' or '-'",
        }),
      ]),
    );
  }
});
