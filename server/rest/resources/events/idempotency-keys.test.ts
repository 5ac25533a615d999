import { expect } from "vitest";
import { listRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { replayRejectedEvent } from "@/server/domain/events/rejected/replay-rejected-events";
import { test as base, type ApiResponse } from "@/server/testing/rest-fixtures";

const event = {
  action: "user.signed_in",
  occurred_at: "2026-09-01T12:00:00Z",
  actor: { id: "user_1", type: "user" },
  targets: [],
  context: { location: "192.0.2.1" },
};

/** Sends an event with additional fields and headers; counts the organization's stored events. */
const test = base.extend<{
  send: (fields?: object, headers?: Record<string, string>) => Promise<ApiResponse>;
  sendBatch: (items: readonly object[], headers?: Record<string, string>) => Promise<ApiResponse>;
  count: () => Promise<number>;
}>({
  send: async ({ call, organization: { organization } }, use) =>
    use((fields, headers) =>
      call("POST", "/audit_logs/events", { organization_id: organization.id, event, ...fields }, headers),
    ),
  sendBatch: async ({ call, organization: { organization } }, use) =>
    use((items, headers) => {
      const events = items.map((item) => ({ organization_id: organization.id, event, ...item }));
      return call("POST", "/audit_logs/events/batch", { events }, headers);
    }),
  count: async ({ organization: { db, organization } }, use) =>
    use(async () => (await db.query("SELECT 1 FROM log.event WHERE organization_pk = $1", [organization.pk])).length),
});

const statusesOf = ({ body }: ApiResponse) => (body["data"] as { status: string }[]).map(({ status }) => status);

test("a single event can have its key in the body, the header or both", async ({ send, count }) => {
  const header = { "idempotency-key": "k" };
  for (const [fields, headers] of [
    [{ idempotency_key: "k" }, {}],
    [{ idempotency_key: "k" }, {}],
    [{}, header],
    [{ idempotency_key: "k" }, header],
    [{ idempotency_key: null }, header],
    [{ idempotency_key: "" }, header],
  ] as const) {
    expect(await send(fields, headers)).toMatchObject({ status: 201, body: { success: true } });
  }
  expect(await count()).toBe(1);
});

test("different keys in the body and the header are rejected", async ({ send, count }) => {
  expect(await send({ idempotency_key: "a" }, { "idempotency-key": "b" })).toMatchObject({
    status: 422,
    body: { errors: [{ field: "idempotency_key" }] },
  });
  expect(await count()).toBe(0);
});

test.for([4711, 0, 9_007_199_254_740_992, true, false, ["k"], [], {}, { key: "k" }])(
  "a key that is not a string is rejected by field: %j",
  async (idempotency_key, { send, sendBatch, count }) => {
    const errors = [{ field: "idempotency_key" }];
    expect(await send({ idempotency_key })).toMatchObject({ status: 422, body: { errors } });
    const batch = await sendBatch([{ idempotency_key }, {}]);
    expect(batch.body["data"]).toMatchObject([{ status: "refused", errors }, { status: "stored" }]);
    expect(await count()).toBe(1);
  },
);

test.for([
  "idempotencyKey",
  "Idempotency-Key",
  "idempotent_key",
  "IDEMPOTENCY_KEY",
  "x-idempotency-key",
  "idempotency",
])("a key called %s is rejected, next to the event and in it", async (name, { send, sendBatch, count }) => {
  const inEvent = { event: { ...event, [name]: "k" } };
  expect(await send({ [name]: "k" })).toMatchObject({ status: 422, body: { errors: [{ field: name }] } });
  expect(await send(inEvent)).toMatchObject({ status: 422, body: { errors: [{ field: `event.${name}` }] } });
  expect(statusesOf(await sendBatch([{ [name]: "k" }, inEvent]))).toEqual(["refused", "refused"]);
  expect(await count()).toBe(0);
});

test("a key in the event itself is rejected, and one in metadata is the customer's", async ({ send, count }) => {
  expect(await send({ event: { ...event, idempotency_key: "k" } })).toMatchObject({
    status: 422,
    body: { errors: [{ field: "event.idempotency_key" }] },
  });
  const withMetadata = { event: { ...event, metadata: { idempotency_key: "k" } } };
  await send(withMetadata);
  await send(withMetadata);
  expect(await count()).toBe(2);
});

test("the header of a batch makes sending it again store nothing new", async ({ sendBatch, count }) => {
  const headers = { "idempotency-key": "batch-1" };
  // Equal events are separate events.
  const items = [{}, {}, { idempotency_key: "own" }];
  expect(statusesOf(await sendBatch(items, headers))).toEqual(["stored", "stored", "stored"]);
  expect(statusesOf(await sendBatch(items, headers))).toEqual(["replayed", "replayed", "replayed"]);
  expect(await count()).toBe(3);
  expect(statusesOf(await sendBatch(items, { "idempotency-key": "batch-2" }))).toEqual([
    "stored",
    "stored",
    "replayed",
  ]);
});

test.for(["idempotency_key", "idempotencyKey"])("%s next to a batch's events is rejected", async (name, { call }) => {
  const response = await call("POST", "/audit_logs/events/batch", { events: [{}], [name]: "k" });
  expect(response).toMatchObject({ status: 422, body: { errors: [{ field: name }] } });
});

test("a replay doesn't ignore a key that was rejected", async ({ send, sendBatch, environment, count }) => {
  await send({ idempotency_key: 4711 });
  await send({ idempotency_key: "a" }, { "idempotency-key": "b" });
  await sendBatch([{ idempotency_key: 4711 }], { "idempotency-key": "batch" });
  const { items } = await listRejectedEvents(environment, { state: "all", limit: 100 });
  expect(items).toHaveLength(3);
  for (const { id } of items) {
    expect(await replayRejectedEvent(environment, id)).toMatchObject({
      status: "rejected",
      violations: [{ field: "idempotency_key" }],
    });
  }
  expect(await count()).toBe(0);
});
