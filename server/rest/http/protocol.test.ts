import { describe, expect } from "vitest";
import { request, runExport } from "@/server/testing/run-export";
import { test } from "@/server/testing/rest-fixtures";
import { documentedRoutes } from "@/server/rest/routes";

const ID = "org_01EHWNCE74X7JSDV0X3SZ3KJNY";
const paths = documentedRoutes.map(({ path, operations }) => ({
  path: path.replaceAll(/\{\w+\}/g, ID),
  methods: Object.keys(operations),
}));

describe.each(paths)("$path", ({ path, methods }) => {
  test("answers OPTIONS with its methods, and any other method with 405 and the same", async ({ call }) => {
    const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
    const options = await call("OPTIONS", path);
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")?.split(", ").toSorted()).toEqual(allowed.toSorted());
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      if (methods.includes(method)) continue;
      const answer = await call(method, path);
      expect(answer).toMatchObject({ status: 405, body: { message: expect.any(String) as string } });
      expect(answer.headers.get("allow")).toBe(options.headers.get("allow"));
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test("answers HEAD as it answers GET, without the body", async ({ call }) => {
    const [head, get] = [await call("HEAD", path), await call("GET", path)];
    expect(head.status).toBe(get.status);
    expect(head.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(head.body).toEqual({});
  });
});

test("HEAD of a download answers its headers and leaves the file closed", async ({ call, api, organization }) => {
  const exportId = await request(organization);
  await runExport(organization, exportId);
  const { body } = await call("GET", `/audit_logs/exports/${exportId}`);
  const address = String(body["url"]).replace("http://localhost:3000", api.url);
  const response = await fetch(address, { method: "HEAD" });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-log_/);
  expect(Number(response.headers.get("content-length"))).toBeGreaterThan(100);
});

test("U+0000 in a path, query or body is never a 500", async ({ call }) => {
  const answers = [
    await call("GET", "/organizations/%00"),
    await call("DELETE", "/organizations/%00"),
    await call("GET", "/organizations/external_id/%00"),
    await call("GET", "/organizations?after=%00&domains=%00&search=%00"),
    await call("GET", "/audit_logs/actions/%00/schemas"),
    await call("GET", "/audit_logs/actions?before=%00"),
    await call("GET", "/audit_logs/exports/%00"),
    await call("POST", "/audit_logs/exports/%00/cancel"),
    await call("GET", "/audit_logs/exports?organization_id=%00"),
    await call("POST", "/portal/generate_link", { organization: "\u0000" }),
    await call("POST", "/audit_logs/events", { organization_id: "\u0000", event: {} }),
  ];
  for (const { status, body } of answers) {
    expect([404, 422]).toContain(status);
    expect(body["message"]).toEqual(expect.any(String));
  }
});
