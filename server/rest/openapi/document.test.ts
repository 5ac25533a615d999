import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";
import { openApiDocument, type ApiOperation } from "./document";
import { documentedRoutes } from "@/server/rest/routes";

const document = openApiDocument(documentedRoutes, "https://audit.example.com");
/** The organization in the examples. */
const EXAMPLE_ORGANIZATION = "org_01EHWNCE74X7JSDV0X3SZ3KJNY";

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method,
    path,
    operation,
  })),
);
const withBody = operations.filter(({ operation }) => operation.requestBody);

function bodyOf({ requestBody }: ApiOperation) {
  const content = requestBody?.content["application/json"];
  if (!content) throw new Error("The operation does not accept JSON.");
  return content;
}

test("the document has every operation of the route table and no other", () => {
  const served = documentedRoutes.flatMap(({ path, operations }) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(operations.map(({ name }) => name).toSorted()).toEqual(served.toSorted());
});

test("the document is served without a key and contains the public URL", async ({ call }) => {
  const { status, body } = await call("GET", "/openapi.json", undefined, { authorization: "" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ openapi: "3.1.0", servers: [{ url: "http://localhost:3000" }] });
  expect(body["paths"]).toEqual(document.paths);
});

test("each operation has a unique ID, a summary, and the scope of the key that it needs", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { name, operation } of operations) {
    expect(operation.summary, name).not.toBe("");
    const open = /downloads|logo|health|metrics/.test(name);
    const apiKey = [expect.stringMatching(/^(events:write|events:read|exports|portal|manage)$/) as string];
    expect(operation.security, name).toEqual(open ? [] : [{ apiKey }]);
  }
});

describe.each(withBody)("the documented body of $name", ({ path, method, operation }) => {
  test("has a valid example, and the API rejects a body without the required fields", async ({ call }) => {
    const { schema, example } = bodyOf(operation);
    const ajv = new Ajv2020({ strict: false, formats: { "date-time": true } });
    expect(ajv.validate(schema, example), JSON.stringify(ajv.errors)).toBe(true);
    if ((schema.required ?? []).length === 0) return;
    expect(ajv.validate(schema, {})).toBe(false);
    expect(await call(method.toUpperCase(), path.replace("{name}", "a.b"), {})).toMatchObject({ status: 422 });
  });

  test("is accepted, and the response has the documented form", async ({ call, organization }) => {
    const { id } = organization.organization;
    const body = JSON.stringify(bodyOf(operation).example).replaceAll(EXAMPLE_ORGANIZATION, id);
    const address = path.replace("{name}", "invoice.paid").replace("{id}", id);
    const response = await call(method.toUpperCase(), address, body);
    const [[status, documented] = ["", {}]] = Object.entries(operation.responses);
    expect(String(response.status)).toBe(status);
    const { content } = documented as { content: Record<string, { schema: object }> };
    const ajv = new Ajv2020({ strict: false, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ } });
    expect(ajv.validate(content["application/json"]?.schema ?? false, response.body), JSON.stringify(ajv.errors)).toBe(
      true,
    );
  });
});
