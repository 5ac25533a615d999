import { expect, test } from "vitest";
import { isApiPath } from "@/server/rest/routes";
import type { Services } from "@/server/kernel/services";
import type { Operation } from "./operation";
import { createRouter } from "./router";

const operation: Operation = {
  documentation: { summary: "", access: "open", status: 200, response: "text/plain" },
  handler: () => async () => ({ status: 200, headers: {}, body: "" }),
};
const routes = ["/things", "/things/all", "/things/named/{name}", "/things/{id}", "/things/{id}/parts"].map((path) => ({
  topic: "Things",
  path,
  operations: { GET: operation, PUT: operation },
}));
// The operations above use no services.
const find = createRouter(routes, {} as Services);

test.for([
  ["/things", "/things", {}],
  ["/things/all", "/things/all", {}],
  ["/things/1", "/things/{id}", { id: "1" }],
  ["/Things/aB", "/things/{id}", { id: "aB" }],
  ["/THINGS", "/things", {}],
  ["/things/All", "/things/all", {}],
  ["/Things/Named/aB", "/things/named/{name}", { name: "aB" }],
  ["/things/1/parts", "/things/{id}/parts", { id: "1" }],
  ["/things/named/parts", "/things/named/{name}", { name: "parts" }],
  ["/things/named/a%2Fb%20%C3%A9", "/things/named/{name}", { name: "a/b é" }],
  ["/things/%zz", "/things/{id}", { id: "%zz" }],
  ["/things/%c3%28", "/things/{id}", { id: "%c3%28" }],
  ["/things/__proto__", "/things/{id}", { id: "__proto__" }],
] as const)("%s is routed to %s with its decoded parameters", ([path, route, params]) => {
  expect(find("GET", path)).toMatchObject({ route, params });
});

test.for(["/", "/thing", "/things/", "/things//parts", "/things/1/parts/2", "/things/%00", "/things/a%00b"])(
  "%s is not found",
  (path) => {
    expect(() => find("GET", path)).toThrow(`Cannot GET ${path}: there is no such route.`);
  },
);

test("HEAD is routed like GET, and a method that the route does not have is rejected", () => {
  expect(find("HEAD", "/things")).toMatchObject({ route: "/things" });
  expect(() => find("POST", "/things")).toThrow("POST is not allowed here; use GET, PUT, HEAD, OPTIONS.");
});

test.for([
  ["/audit_logs/events", true],
  ["/audit_logs/nothing", true],
  ["/organizations", true],
  ["/organizations/org_1/anything", true],
  ["/downloads/x", true],
  ["/metrics", true],
  ["/openapi.json", true],
  ["/api/health", true],
  ["/api/health/ready", true],
  ["/portal/generate_link", true],
  ["/Organizations/org_1", true],
  ["/Portal/Generate_Link", true],
  ["/portal/logo/abc", true],
  ["/", false],
  ["/api", false],
  ["/api/trpc/events.list", false],
  ["/api/healthy", false],
  ["/portal", false],
  ["/portal/launch", false],
  ["/dashboard", false],
  ["/docs/api", false],
  ["/metricsx", false],
  ["metrics", false],
] as const)("whether the API responds to %s: %s", ([path, expected]) => {
  expect(isApiPath(path)).toBe(expected);
});
