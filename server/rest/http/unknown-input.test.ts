import { describe, expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { documentedRoutes } from "@/server/rest/routes";
import { test } from "@/server/testing/rest-fixtures";
import { sendRaw } from "@/server/testing/sdk/raw-request";

const lists = documentedRoutes.flatMap(({ path, operations }) =>
  operations.GET?.documentation.query && operations.GET.documentation.access === "key"
    ? [path.replaceAll(/\{\w+\}/g, "a.b")]
    : [],
);

describe.each(lists)("GET %s", (path) => {
  test("rejects an unknown parameter by name, with the nearest known one", async ({ call, organization }) => {
    const of = path === "/audit_logs/events" ? `organization_id=${organization.organization.id}&` : "";
    for (const [sent, nearest] of [
      ["limits=5", "limit"],
      ["page_size=5", "limit"],
      ["Order=asc", "order"],
      ["cursor=x", "after"],
      ["befor[]=x", "before"],
      ["limit[a]=5", "limit"],
    ] as const) {
      const field = sent.slice(0, sent.lastIndexOf("=")).replace("[]", "");
      const response = await call("GET", `${path}?${of}${sent}`);
      const message = `is unknown; did you mean '${nearest}'?`;
      expect(response, sent).toMatchObject({
        status: 422,
        body: {
          message: `Validation failed. ${field}: ${message}`,
          errors: [{ code: "unknown_field", field, message }],
        },
      });
    }
    expect((await call("GET", `${path}?${of}__proto__=x`)).status).toBe(422);
  });

  test("accepts an unknown parameter without a value, because it does not filter", async ({ call, organization }) => {
    const of = path === "/audit_logs/events" ? `organization_id=${organization.organization.id}&` : "";
    // A list of schemas has no such action.
    expect([200, 404]).toContain((await call("GET", `${path}?${of}filter=&status[]=`)).status);
  });
});

test.for([
  ["action=a", "actions"],
  ["actor=a", "actors"],
  ["actorIds=a", "actor_ids"],
  ["target_id=a", "target_ids"],
  ["target_types=a", "targets"],
  ["q=a", "search"],
  ["from=2026-01-01", "range_start"],
  ["range_ends=2026-01-01", "range_end"],
  ["org_id=a", "organization_id"],
  ["exclude[action]=a", "exclude[actions]"],
] as const)("events?%s is rejected and points to %s", async ([sent, nearest], { call, organization }) => {
  const response = await call("GET", `/audit_logs/events?organization_id=${organization.organization.id}&${sent}`);
  const [field] = sent.split("=");
  expect(response).toMatchObject({
    status: 422,
    body: { errors: [{ field, message: expect.stringContaining(`'${nearest}'`) as string }] },
  });
});

test("a list with filters in the body of its GET is rejected", async ({ api, environment, organization }) => {
  const { secret } = await createApiKey(environment, { name: "test" });
  const path = `/audit_logs/events?organization_id=${organization.organization.id}`;
  const headers = [["Authorization", `Bearer ${secret}`]] as const;
  const statusOf = async (body?: string) => (await sendRaw(api.url, { method: "GET", path, headers, body })).status;
  expect(await statusOf('{"actions":["a"]}')).toBe(400);
  expect([await statusOf(), await statusOf(""), await statusOf("{}")]).toEqual([200, 200, 200]);
});
