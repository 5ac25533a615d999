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
