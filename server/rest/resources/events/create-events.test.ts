import { expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";

const event = {
  action: "user.signed_in",
  occurred_at: "2026-09-01T12:00:00Z",
  actor: { id: "user_1", type: "user" },
  targets: [{ id: "team_1", type: "team" }],
  context: { location: "192.0.2.1" },
};
const NDJSON = { "content-type": "application/x-ndjson" };
const stored = { status: "stored" };

test("1,000 events have a result each, in order, and invalid ones do not affect the others", async ({
  call,
  organization,
}) => {
  const organization_id = organization.organization.id;
  const events: unknown[] = Array.from({ length: 1_000 }, (_, n) => ({
    organization_id,
    event: { ...event, metadata: { n } },
  }));
  events[0] = { organization_id, event: { ...event, occurred_at: "2026-06-31" } };
  events[1] = { organization_id, event: { ...event, occurred_at: "9999-12-31T23:59:59-01:00" } };
  events[500] = "not an event";
  events[999] = { organization_id: "org_unknown", event };
  const { status, body } = await call("POST", "/audit_logs/events/batch", { events });
  expect(status).toBe(200);
  const results = body["data"] as object[];
  expect(results).toHaveLength(1_000);
  for (const result of results.slice(0, 2))
    expect(result).toMatchObject({ status: "refused", errors: [{ field: "event.occurred_at" }] });
  expect(results[500]).toMatchObject({ status: "refused", errors: [{ field: "" }] });
  expect(results[999]).toMatchObject({ status: "refused", code: "entity_not_found", entity_id: "org_unknown" });
  expect(results.filter((each) => JSON.stringify(each) === JSON.stringify(stored))).toHaveLength(996);

  const rows = await organization.db.query("SELECT 1 FROM log.event e WHERE e.organization_pk = $1", [
    organization.organization.pk,
  ]);
  expect(rows).toHaveLength(996);
});

test("an event's own idempotency key applies within a batch and across requests", async ({ call, organization }) => {
  const item = { organization_id: organization.organization.id, event, idempotency_key: "key-1" };
  const first = await call("POST", "/audit_logs/events/batch", [item, item, { ...item, idempotency_key: "" }]);
  const [one, other, keyless] = first.body["data"] as { status: string }[];
  // Either of the two may be stored first.
  expect([one?.status, other?.status].toSorted()).toEqual(["replayed", "stored"]);
  expect(keyless).toEqual(stored);
  const single = await call("POST", "/audit_logs/events", item, { "idempotency-key": "key-1" });
  expect(single).toMatchObject({ status: 201, body: { success: true } });
  const again = await call("POST", "/audit_logs/events/batch", [item]);
  expect(again.body["data"]).toEqual([{ status: "replayed" }]);
});

test("newline-delimited JSON is accepted, and a line that is not JSON has its own result", async ({
  call,
  organization,
}) => {
  const line = JSON.stringify({ organization_id: organization.organization.id, event });
  const { status, body } = await call("POST", "/audit_logs/events/batch", `${line}\n{"broken\n\n${line}\r\n`, NDJSON);
  expect(status).toBe(200);
  expect(body["data"]).toEqual([stored, expect.objectContaining({ status: "refused" }), stored]);
});

test("a batch without events, with more than 1,000 events or more than 10 MB is rejected", async ({ call }) => {
  const path = "/audit_logs/events/batch";
  expect(await call("POST", path, [])).toMatchObject({ status: 422, body: { errors: [{ field: "events" }] } });
  expect(
    await call(
      "POST",
      path,
      Array.from({ length: 1_001 }, () => event),
    ),
  ).toMatchObject({ status: 422 });
  expect(await call("POST", path, "\n".repeat(10_000_001), NDJSON)).toMatchObject({ status: 413 });
  expect(await call("POST", path, "", NDJSON)).toMatchObject({ status: 422 });
});
