import { expect } from "vitest";
import { storedEventFilters } from "@/schemas/events/event-filters";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { type ApiResponse, test as base } from "@/server/testing/rest-fixtures";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { request, runExport } from "@/server/testing/run-export";

/** Requests an export of the organization's events in January, with changes. */
const test = base.extend<{ create: (changes: object) => Promise<ApiResponse> }>({
  create: async ({ call, organization: { organization } }, use) =>
    use((changes) =>
      call("POST", "/audit_logs/exports", {
        organization_id: organization.id,
        range_start: "2026-01-01T00:00:00Z",
        range_end: "2026-02-01T00:00:00Z",
        ...changes,
      }),
    ),
});

test("a new export is pending and has no URL", async ({ create, call }) => {
  const { status, body } = await create({ actions: "bare.string", actors: null, actor_names: ["Ada"], targets: "" });
  expect(status).toBe(201);
  expect(body).toMatchObject({ object: "audit_log_export", state: "pending" });
  expect(body).not.toHaveProperty("url");
  expect(body["created_at"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect((await call("GET", `/audit_logs/exports/${String(body["id"])}`)).body).toMatchObject({
    id: body["id"],
    state: "pending",
  });
});

test("actor_types limits the file to events of these actors", async ({ create, organization }) => {
  const types = ["user", "system", "api_key"];
  const event = anEvent({ occurredAt: new Date("2026-01-15T00:00:00Z") });
  const ids = await storeEvents(
    organization,
    types.map((type) => ({ ...event, actor: { ...event.actor, type } })),
  );
  for (const [actor_types, expected] of [
    ["system", [ids[1]]],
    [
      ["user", "api_key"],
      [ids[0], ids[2]],
    ],
    ["", ids],
  ] as const) {
    const { body } = await create({ actor_types });
    const file = (await runExport(organization, String(body["id"]))).toString();
    expect(ids.filter((id) => file.includes(id))).toEqual(expected);
  }
});

test("any range is accepted, including an empty one", async ({ create }) => {
  expect(await create({ range_start: "1999-01-01", range_end: "2030-01-01" })).toMatchObject({ status: 201 });
  expect(await create({ range_start: "2022-06-01T00:00:00Z", range_end: "2022-06-01T00:00:00Z" })).toMatchObject({
    status: 201,
  });
});

test.for([
  ["2026-11-01", "2026-11-01", ["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"]],
  ["20261101", "20261101", ["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"]],
  ["2026-11-01T00:00:00Z", "2026-11-01", ["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"]],
  ["2026-11-01", "2026-11-01T00:00:00Z", ["2026-11-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"]],
  ["2026-11-01", "2026-11-02", ["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"]],
  ["9999-12-31", "9999-12-31", ["9999-12-31T00:00:00.000Z", "9999-12-31T23:59:59.999Z"]],
  ["20261101T120000Z", "20261101T130000+0000", ["2026-11-01T12:00:00.000Z", "2026-11-01T13:00:00.000Z"]],
  [
    "2026-11-01T00:00+01:00[Europe/Berlin]",
    "2026-11-02T00:00Z[UTC]",
    ["2026-10-31T23:00:00.000Z", "2026-11-02T00:00:00.000Z"],
  ],
  // WorkOS's own example for PHP.
  ["2022-06-01", "2022-06-31", ["2022-06-01T00:00:00.000Z", "2022-07-01T00:00:00.000Z"]],
  ["2022-06-31T12:00:00.000Z", "2023-02-29T12:00:00Z", ["2022-07-01T12:00:00.000Z", "2023-03-01T12:00:00.000Z"]],
] satisfies [string, string, string[]][])(
  "a range from %s to %s is read as %j",
  async ([range_start, range_end, expected], { create, environment }) => {
    const { status, body } = await create({ range_start, range_end });
    expect(status).toBe(201);
    const row = await environment.db.prisma.auditLogExport.findUniqueOrThrow({ where: { id: String(body["id"]) } });
    const { from, to } = storedEventFilters.parse(row.filters);
    expect([from.toISOString(), to.toISOString()]).toEqual(expected);
  },
);

test("an export from a date to the same date has the events of that day only", async ({ create, organization }) => {
  const times = [
    "2026-10-31T23:59:59.999Z",
    "2026-11-01T00:00:00.000Z",
    "2026-11-01T23:59:59.999Z",
    "2026-11-02T00:00:00.000Z",
  ];
  const ids = await storeEvents(
    organization,
    times.map((time) => anEvent({ occurredAt: new Date(time) })),
  );
  const { body } = await create({ range_start: "2026-11-01", range_end: "2026-11-01" });
  const file = (await runExport(organization, String(body["id"]))).toString();
  expect(ids.filter((id) => file.includes(id))).toEqual(ids.slice(1, 3));
});

test("target IDs, excluded values and a search limit the file as on screen", async ({ create, organization }) => {
  const event = anEvent({ occurredAt: new Date("2026-01-15T00:00:00Z") });
  const target = (id: string) => ({ id, type: "document", name: null, metadata: null });
  const ids = await storeEvents(organization, [
    { ...event, targets: [target("doc_1")] },
    { ...event, targets: [target("doc_2")], action: "document.deleted" },
    { ...event, targets: [target("doc_3")], actor: { ...event.actor, id: "user_x", name: "Grace" } },
  ]);
  for (const [fields, expected] of [
    [{ target_ids: ["doc_1", "doc_3"] }, [0, 2]],
    [{ target_ids: "doc_2" }, [1]],
    [{ exclude: { actions: "document.deleted" } }, [0, 2]],
    [{ exclude: { target_ids: ["doc_1"], actors: ["Grace"] } }, [1]],
    [{ exclude: { actor_names: null, targets: "" } }, [0, 1, 2]],
    [{ exclude: [] }, [0, 1, 2]],
    [{ exclude: null, search: null }, [0, 1, 2]],
    [{ search: "GRACE" }, [2]],
    [{ search: "doc_", exclude: { actor_ids: ["user_x"] } }, [0, 1]],
  ] as const) {
    const { status, body } = await create(fields);
    expect(status, JSON.stringify(fields)).toBe(201);
    const file = (await runExport(organization, String(body["id"]))).toString();
    expect(
      ids.filter((id) => file.includes(id)),
      JSON.stringify(fields),
    ).toEqual(expected.map((n) => ids[n]));
  }
});

test.for([
  ["action", "a", "actions"],
  ["actionNames", ["a"], "actions"],
  ["target_id", "a", "target_ids"],
  ["targetIds", ["a"], "target_ids"],
  ["actor_type", ["user"], "actor_types"],
  ["q", "a", "search"],
  ["filters", { actions: ["a"] }, "actors"],
  ["start", "2026-01-01", "range_start"],
  ["excludes", { actions: ["a"] }, "exclude"],
  ["compress", true, ""],
] satisfies [string, unknown, string][])(
  "an export with the unknown field %s is rejected by name, and none is created",
  async ([field, value, nearest], { create, call }) => {
    expect(await create({ [field]: value })).toMatchObject({
      status: 422,
      body: {
        message: expect.stringContaining(field) as string,
        errors: [{ code: "unknown_field", field, message: expect.stringContaining(`'${nearest}`) as string }],
      },
    });
    expect(await create({ exclude: { [field]: value } })).toMatchObject({
      status: 422,
      body: { errors: [{ code: "unknown_field", field: `exclude.${field}` }] },
    });
    expect((await call("GET", "/audit_logs/exports")).body).toMatchObject({ data: [] });
  },
);

test("unknown fields of an export without a value are ignored: they don't filter", async ({ create }) => {
  expect(await create({ later: null, also: "", more: [] })).toMatchObject({ status: 201 });
});

test("filters of an export in the query are rejected", async ({ call, organization }) => {
  const body = { organization_id: organization.organization.id, range_start: "2026-01-01", range_end: "2026-02-01" };
  expect(await call("POST", "/audit_logs/exports?actions=a", body)).toMatchObject({
    status: 422,
    body: { errors: [{ field: "actions", message: "is not read from the query; send it in the body" }] },
  });
});

test.for([
  [{ actions: [""] }, "actions"],
  [{ actions: ["x".repeat(501)] }, "actions"],
  [{ actors: ["ok", "\u0000"] }, "actors"],
  [{ actor_names: [""] }, "actor_names"],
  [{ target_ids: Array.from({ length: 101 }, (_, n) => `t${n}`) }, "target_ids"],
  [{ targets: "x".repeat(501) }, "targets"],
  [{ exclude: { actors: [""] } }, "exclude.actors"],
  [{ exclude: { actor_types: [""] } }, "exclude.actor_types"],
  [{ search: "x".repeat(201) }, "search"],
] satisfies [object, string][])("errors name the filter as it was sent: %j", async ([fields, field], { create }) => {
  expect(await create(fields)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
});

test.for([
  ["ends before it starts", { range_start: "2026-02-01", range_end: "2026-01-01" }],
  ["has a day that no month has", { range_start: "2022-06-32T00:00:00Z" }],
  ["has a month that does not exist", { range_start: "2022-13-01" }],
  ["has an hour that does not exist", { range_start: "2022-06-30T25:00:00Z" }],
  ["is not a date", { range_end: "yesterday" }],
  ["begins in the year 0", { range_start: "0001-01-01T00:00:00+01:00" }],
  ["ends in the year 10000", { range_end: "9999-12-31T23:59:59-01:00" }],
] satisfies [string, object][])("a range that %s is rejected", async ([_, changes], { create }) => {
  expect(await create(changes)).toMatchObject({ status: 400, body: { code: "invalid_audit_log_export_range_date" } });
});

test("an unknown format and a gzip value that is not boolean are rejected by field", async ({ create }) => {
  expect(await create({ format: "xlsx", gzip: "yes" })).toMatchObject({
    status: 422,
    body: { errors: [{ field: "format" }, { field: "gzip" }] },
  });
});

test("exports are listed page by page, for one organization or all of the environment", async ({
  call,
  organization,
  stranger,
}) => {
  // The test's clock stands still, so the IDs have the same timestamp and a random order.
  const created = [await request(organization), await request(organization), await request(organization)];
  const own = created.toSorted().toReversed();
  await request(stranger);
  const first = await call("GET", "/audit_logs/exports?limit=2");
  expect(first.body).toMatchObject({
    object: "list",
    data: own.slice(0, 2).map((id) => ({ id, state: "pending" })),
  });
  const { after } = first.body["list_metadata"] as { after: string };
  const second = await call(
    "GET",
    `/audit_logs/exports?limit=2&after=${after}&organization_id=${organization.organization.id}`,
  );
  expect(second.body).toMatchObject({ data: [{ id: own[2] }], list_metadata: { after: null } });
  expect(await call("GET", `/audit_logs/exports?organization_id=${stranger.organization.id}`)).toMatchObject({
    status: 404,
  });
});

test("canceling an export again has no effect", async ({ call, organization }) => {
  const pending = await request(organization);
  for (let n = 0; n < 2; n += 1) {
    expect(await call("POST", `/audit_logs/exports/${pending}/cancel`)).toMatchObject({
      status: 200,
      body: { id: pending, state: "error", failure: "Canceled by test." },
    });
  }
});

test("a finished export and one of another environment cannot be canceled", async ({
  call,
  organization,
  stranger,
}) => {
  const finished = await request(organization);
  await runExport(organization, finished);
  expect(await call("POST", `/audit_logs/exports/${finished}/cancel`)).toMatchObject({ status: 409 });
  expect(await call("POST", `/audit_logs/exports/${await request(stranger)}/cancel`)).toMatchObject({ status: 404 });
});

test("exports of a deleted organization return 404 and are not listed", async ({ call, organization }) => {
  const id = await request(organization);
  await deleteOrganization(organization);
  expect(await call("GET", `/audit_logs/exports/${id}`)).toMatchObject({ status: 404 });
  expect((await call("GET", "/audit_logs/exports")).body).toMatchObject({ data: [] });
});
