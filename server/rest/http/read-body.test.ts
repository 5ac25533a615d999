import { expect } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { test } from "@/server/testing/rest-fixtures";

test.for(["/audit_logs/events", "/audit_logs/exports", "/portal/generate_link", "/organizations"])(
  "%s rejects a body of more than 1 MB",
  async (path, { call }) => {
    expect(await call("POST", path, `"${"x".repeat(1_000_001)}"`)).toMatchObject({
      status: 413,
      body: { code: "request_too_large" },
    });
  },
);

test("a body of exactly 1 MB is read", async ({ call }) => {
  const body = JSON.stringify({
    name: "",
    padding: "x".repeat(1_000_000 - JSON.stringify({ name: "", padding: "" }).length),
  });
  expect(body.length).toBe(1_000_000);
  expect(await call("POST", "/organizations", body)).toMatchObject({ status: 422 });
});

test("a deeply nested body is rejected, and as a line of a batch it does not affect the others", async ({
  call,
  organization,
}) => {
  const valid = JSON.stringify({ ...exampleEvent, organization_id: organization.organization.id });
  const levels = "[".repeat(10_000) + "]".repeat(10_000);
  const deep = `${valid.slice(0, -1)},"extra":${levels}}`;
  expect(await call("POST", "/audit_logs/events", deep)).toMatchObject({
    status: 400,
    body: { code: "invalid_json", message: expect.stringContaining("nested more than 64 levels deep") as string },
  });
  const lines = await call("POST", "/audit_logs/events/batch", `${valid}\n${deep}\n${valid}`, {
    "content-type": "application/x-ndjson",
  });
  expect(lines.body["data"]).toMatchObject([{ status: "stored" }, { status: "refused" }, { status: "stored" }]);
});

test("a response lists at most 100 errors and does not repeat the body", async ({ call }) => {
  const many = await call("POST", "/organizations", { name: "x", domain_data: Array.from({ length: 5_000 }, () => 1) });
  expect(many.status).toBe(422);
  expect(many.body["errors"]).toHaveLength(100);
  const long = await call("POST", "/organizations", { name: "x", metadata: { ["k".repeat(500_000)]: "v" } });
  expect(long.status).toBe(422);
  expect(JSON.stringify(long.body).length).toBeLessThan(2_000);
});

test.for(["/audit_logs/events", "/audit_logs/exports", "/organizations", "/audit_logs/actions/a/schemas"])(
  "%s rejects a body with more values than any valid one, before parsing it",
  async (path, { call }) => {
    const body = `{"actions":[${"{},".repeat(300_000)}{}]}`;
    expect(await call("POST", path, body)).toMatchObject({
      status: 400,
      body: { code: "invalid_json", message: expect.stringContaining("more than 10000 values") as string },
    });
  },
);

test("the largest valid event is accepted", async ({ call, organization }) => {
  const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`key_${n}`, n]));
  const party = { id: "x", type: "y", name: "z", metadata };
  const event = {
    ...exampleEvent.event,
    occurred_at: "2026-10-01T11:00:00.000Z",
    actor: party,
    metadata,
    targets: Array.from({ length: 100 }, () => party),
  };
  const body = { organization_id: organization.organization.id, event };
  expect(await call("POST", "/audit_logs/events", body)).toMatchObject({ status: 201 });
  const batch = await call(
    "POST",
    "/audit_logs/events/batch",
    Array.from({ length: 20 }, () => body),
  );
  expect(batch.body["data"]).toEqual(Array.from({ length: 20 }, () => ({ status: "stored" })));
});
