import { expect } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { test } from "@/server/testing/rest-fixtures";

const endpoints = [
  ["POST", "/audit_logs/events"],
  ["POST", "/audit_logs/events/batch"],
  ["POST", "/audit_logs/exports"],
  ["POST", "/portal/generate_link"],
  ["POST", "/organizations"],
  ["GET", "/audit_logs/exports/audit_log_export_x"],
  ["GET", "/organizations"],
  ["GET", "/organizations/org_x"],
  ["GET", "/organizations/external_id/x"],
] as const;
const posts = endpoints.filter(([method]) => method === "POST");

test.for(endpoints)("%s %s without a valid key returns 401 in WorkOS's format", async ([method, path], { call }) => {
  const body = method === "POST" ? {} : undefined;
  for (const authorization of ["", "Bearer sk_wrong", "Basic c2s6", "Bearer"]) {
    expect(await call(method, path, body, { authorization })).toMatchObject({
      status: 401,
      body: { message: "Unauthorized" },
    });
  }
});

test.for(posts)("%s %s rejects a body that is not JSON or has the wrong type", async ([method, path], { call }) => {
  for (const body of ["{", "", "not json", "\u0000"]) {
    expect(await call(method, path, body)).toMatchObject({ status: 400 });
  }
  for (const body of ["null", "[]", '"text"', "1", "{}"]) {
    const response = await call(method, path, body);
    expect(response.status).toBe(422);
    expect(response.body["errors"]).toEqual(expect.arrayContaining([expect.anything()]));
  }
});

test.for([
  ["GET", "/audit_logs/nothing", 404],
  ["GET", "/audit_logs/exports/", 404],
  ["DELETE", "/audit_logs/events", 405],
  ["GET", "/portal/generate_link", 405],
  ["PATCH", "/organizations", 405],
  ["GET", "/downloads/audit_log_export_x?expires=1&signature=x", 403],
] satisfies [string, string, number][])(
  "%s %s fails with a JSON message and no error key",
  async ([method, path, status], { call }) => {
    const response = await call(method, path);
    expect(response.status).toBe(status);
    expect(typeof response.body["message"]).toBe("string");
    expect(response.body).not.toHaveProperty("error");
    if (status === 405) expect(response.headers.get("allow")).toMatch(/GET|POST/);
  },
);

test("an ID of another environment returns the same 404 as an ID that does not exist", async ({ call, stranger }) => {
  const { event } = exampleEvent;
  const range = { range_start: "2026-01-01", range_end: "2026-02-01" };
  const requests = (id: string) => [
    ["POST", "/audit_logs/events", { organization_id: id, event }] as const,
    ["POST", "/audit_logs/exports", { organization_id: id, ...range }] as const,
    ["POST", "/portal/generate_link", { organization: id, intent: "audit_logs" }] as const,
    ["GET", `/organizations/${id}`, undefined] as const,
  ];
  const responsesFor = async (id: string) => {
    const responses = await Promise.all(requests(id).map(([method, path, body]) => call(method, path, body)));
    return responses.map(({ status, body }) => ({ status, text: JSON.stringify(body).replaceAll(id, "…") }));
  };
  const foreign = await responsesFor(stranger.organization.id);
  expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect(foreign).toEqual(await responsesFor("org_01ARZ3NDEKTSV4RRFFQ69G5FAV"));
});
