import { describe, expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";
import { documentedRoutes } from "@/server/rest/routes";

const ID = "org_01EHWNCE74X7JSDV0X3SZ3KJNY";
const paths = documentedRoutes.map(({ path, operations }) => ({
  path: path.replaceAll(/\{\w+\}/g, ID),
  methods: Object.keys(operations),
}));

describe.each(paths)("$path", ({ path, methods }) => {
  test("lists its methods for OPTIONS and rejects all others with 405", async ({ call }) => {
    const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
    const options = await call("OPTIONS", path);
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")?.split(", ").toSorted()).toEqual(allowed.toSorted());
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      if (methods.includes(method)) continue;
      const response = await call(method, path);
      expect(response).toMatchObject({ status: 405, body: { message: expect.any(String) as string } });
      expect(response.headers.get("allow")).toBe(options.headers.get("allow"));
    }
  });

  test("responds to HEAD like to GET, without the body", async ({ call }) => {
    const [head, get] = [await call("HEAD", path), await call("GET", path)];
    expect(head.status).toBe(get.status);
    expect(head.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(head.body).toEqual({});
  });
});

test("U+0000 in a path, query or body is rejected", async ({ call }) => {
  const responses = [
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
  for (const { status, body } of responses) {
    expect([404, 422]).toContain(status);
    expect(body["message"]).toEqual(expect.any(String));
  }
});
