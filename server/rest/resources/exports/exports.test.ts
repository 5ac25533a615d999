import { expect } from "vitest";
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
  ["ends before it starts", { range_start: "2026-02-01", range_end: "2026-01-01" }],
  ["has an impossible day", { range_start: "2022-06-31T00:00:00Z" }],
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
