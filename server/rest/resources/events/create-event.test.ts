import { expect } from "vitest";
import { type ApiResponse, test as base } from "@/server/testing/rest-fixtures";

const event = {
  action: "user.signed_in",
  occurred_at: "2026-09-01T12:00:00Z",
  actor: { id: "user_1", type: "user" },
  targets: [{ id: "team_1", type: "team" }],
  context: { location: "192.0.2.1" },
};

interface Fixtures {
  /** Sends the event with changes, to the test's organization. */
  send: (changes: object, headers?: Record<string, string>) => Promise<ApiResponse>;
  /** Counts the organization's events with an action. */
  countStored: (action: string) => Promise<number>;
}

const test = base.extend<Fixtures>({
  send: async ({ call, organization: { organization } }, use) =>
    use((changes, headers) => {
      const body = { organization_id: organization.id, event: { ...event, ...changes } };
      return call("POST", "/audit_logs/events", body, headers);
    }),
  countStored: async ({ organization: { organization, db } }, use) =>
    use(async (action) => {
      const sql = "SELECT 1 FROM log.event e WHERE e.organization_pk = $1 AND e.action = $2";
      return (await db.query(sql, [organization.pk, action])).length;
    }),
});

test("an event is committed before the 201 response", async ({ send, countStored }) => {
  expect(await send({ action: "a.stored" })).toMatchObject({ status: 201, body: { success: true } });
  expect(await countStored("a.stored")).toBe(1);
});

test("every SDK's form of an absent value is accepted", async ({ send, environment }) => {
  const forms = {
    version: 0,
    actor: { id: "user_1", type: "user", name: "", metadata: null },
    targets: [{ id: "t", type: "team", name: null, metadata: [] }],
    context: { location: "192.0.2.1", user_agent: "" },
    metadata: [],
    occurred_at: "2026-09-01T14:00:00.123456789+02:00",
    unknown: { keys: "are ignored" },
  };
  expect(await send({ action: "a.spelled", ...forms })).toMatchObject({ status: 201 });
  const [row] = await environment.db.query<{ occurred_at: Date; version: number }>(
    "SELECT e.occurred_at, e.version FROM log.event e WHERE e.action = 'a.spelled'",
    [],
  );
  expect(row).toEqual({ occurred_at: new Date("2026-09-01T12:00:00.123Z"), version: 1 });
});

test("strings of the maximum length are stored in any script", async ({ send }) => {
  const long = "語".repeat(500);
  const party = { id: long, type: long, name: long };
  expect(
    await send({
      action: `long.${"語".repeat(495)}`,
      actor: party,
      targets: [party, { ...party, type: "語".repeat(499) }],
    }),
  ).toMatchObject({ status: 201 });
});

test("1,000 parallel requests with the same key store one event and get the same response", async ({
  send,
  countStored,
}) => {
  const responses = await Promise.all(
    Array.from({ length: 1000 }, () => send({ action: "a.repeated" }, { "idempotency-key": "key-1" })),
  );
  expect(new Set(responses.map(({ status, body }) => `${status} ${JSON.stringify(body)}`))).toEqual(
    new Set(['201 {"success":true}']),
  );
  expect(await countStored("a.repeated")).toBe(1);
});

test("requests with the same key and different events, or without a key, store separate events", async ({
  send,
  countStored,
}) => {
  await send({ action: "a.keyed", metadata: { n: 1 } }, { "idempotency-key": "key-2" });
  await send({ action: "a.keyed", metadata: { n: 2 } }, { "idempotency-key": "key-2" });
  expect(await countStored("a.keyed")).toBe(2);
  await Promise.all([send({ action: "a.keyless" }), send({ action: "a.keyless" })]);
  expect(await countStored("a.keyless")).toBe(2);
});

test.for([
  ["a missing action", { action: undefined }, "event.action"],
  ["a date that does not exist", { occurred_at: "2026-06-31T00:00:00Z" }, "event.occurred_at"],
  ["a timestamp in the year 0", { occurred_at: "0001-01-01T00:00:00+01:00" }, "event.occurred_at"],
  ["a timestamp in the year 10000", { occurred_at: "9999-12-31T23:59:59-01:00" }, "event.occurred_at"],
  ["the last timestamp of the year 9999", { occurred_at: "9999-12-31T23:59:59.9999999Z" }, "event.occurred_at"],
  ["a wrong type", { actor: "ada" }, "event.actor"],
  ["a missing location", { context: {} }, "event.context.location"],
  ["an empty ID", { actor: { id: "", type: "user" } }, "event.actor.id"],
  ["U+0000 in a name", { actor: { id: "u", type: "user", name: "a\u0000b" } }, "event.actor.name"],
  ["nested metadata", { metadata: { a: { b: 1 } } }, "event.metadata.a"],
  [
    "too many metadata keys",
    { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, n])) },
    "event.metadata",
  ],
  [
    "a long metadata value",
    { targets: [{ id: "t", type: "t", metadata: { a: "x".repeat(501) } }] },
    "event.targets.0.metadata.a",
  ],
  ["a space in a metadata key", { metadata: { "a b": 1 } }, "event.metadata.a b"],
  ["a slash in the action", { action: "a/b" }, "event.action"],
] satisfies [string, object, string][])(
  "an event with %s is rejected by field and not stored",
  async ([_, changes, field], { send, environment }) => {
    const before = await environment.db.query("SELECT 1 FROM log.event", []);
    const response = await send(changes);
    expect(response).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining(`Validation failed. ${field}: `) as string },
    });
    expect(response.body["errors"]).toContainEqual(expect.objectContaining({ field }));
    expect(await environment.db.query("SELECT 1 FROM log.event", [])).toHaveLength(before.length);
  },
);

test("the error for a bad metadata key states the rule", async ({ send }) => {
  const message = "is not a valid key: it must be at most 40 letters, digits, '_' or '-'";
  for (const key of ["a b", "ä", "x".repeat(41), "a.b"]) {
    const response = await send({ metadata: { [key]: 1 }, actor: { id: "u", type: "user", metadata: { [key]: 1 } } });
    expect(response).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) as string } });
    expect(response.body["errors"]).toEqual(
      ["event.actor.metadata", "event.metadata"].map(
        (of) => expect.objectContaining({ field: `${of}.${key}`, message }) as object,
      ),
    );
  }
});

test.for([
  ["20260901T140000.5+0200", "2026-09-01T12:00:00.500Z"],
  ["2026-09-01T14:00:00.500+02:00[Europe/Berlin]", "2026-09-01T12:00:00.500Z"],
])("the timestamp %s is read as %s", async ([occurred_at, expected], { send, environment }) => {
  expect(await send({ occurred_at })).toMatchObject({ status: 201 });
  const rows = await environment.db.query<{ occurred_at: Date }>(
    "SELECT e.occurred_at FROM log.event e WHERE e.environment_pk = $1",
    [environment.environment.pk],
  );
  expect(rows.map((row) => row.occurred_at.toISOString())).toEqual([expected]);
});
