import { expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";

test("an organization is created, read by either ID, and listed by domain", async ({ call }) => {
  const created = await call("POST", "/organizations", {
    name: "Listed",
    external_id: "ext-1",
    domain_data: [{ domain: "Listed.example", state: "verified" }],
    metadata: { tier: "gold" },
  });
  expect(created).toMatchObject({
    status: 201,
    body: {
      object: "organization",
      external_id: "ext-1",
      metadata: { tier: "gold" },
      allow_profiles_outside_organization: false,
    },
  });
  expect((await call("GET", `/organizations/${String(created.body["id"])}`)).body).toEqual(created.body);
  expect((await call("GET", "/organizations/external_id/ext-1")).body).toEqual(created.body);
  const found = await call("GET", "/organizations?domains[]=listed.example&domains[]=other.example");
  expect(found.body["data"]).toEqual([created.body]);
});

test("allow_profiles_outside_organization is accepted, and false in responses", async ({ call }) => {
  const created = await call("POST", "/organizations", { name: "Open", allow_profiles_outside_organization: true });
  expect(created).toMatchObject({ status: 201, body: { allow_profiles_outside_organization: false } });
  const path = `/organizations/${String(created.body["id"])}`;
  expect(await call("PUT", path, { allow_profiles_outside_organization: true })).toMatchObject({
    status: 200,
    body: { name: "Open", allow_profiles_outside_organization: false },
  });
});

test("paging through the list returns each organization once", async ({ call }) => {
  for (const n of [1, 2, 3, 4, 5, 6]) await call("POST", "/organizations", { name: `Paged ${n}` });
  const seen: unknown[] = [];
  let after: string | null = "";
  while (after !== null) {
    const { body } = await call("GET", `/organizations?limit=2&order=desc&after=${after}`);
    seen.push(...(body["data"] as { id: string }[]).map((each) => each.id));
    expect(body["listMetadata"]).toEqual(body["list_metadata"]);
    after = (body["list_metadata"] as { after: string | null }).after;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(6);
});

test("a domain or external ID of another organization is rejected", async ({ call }) => {
  await call("POST", "/organizations", { name: "First", external_id: "taken", domains: ["taken.example"] });
  expect(await call("POST", "/organizations", { name: "Second", domains: ["taken.example"] })).toMatchObject({
    status: 409,
    body: { message: "An Organization with the domain taken.example already exists." },
  });
  expect(await call("POST", "/organizations", { name: "Third", external_id: "taken" })).toMatchObject({
    status: 400,
    body: { code: "external_id_already_used" },
  });
});

test("an update with values of the wrong type is rejected by field", async ({ call, organization }) => {
  const path = `/organizations/${organization.organization.id}`;
  expect(await call("PUT", path, { name: 5, domain_data: "x" })).toMatchObject({
    status: 422,
    body: { errors: [{ field: "name" }, { field: "domain_data" }] },
  });
});

test("an update keeps the fields that it omits and removes those that are null", async ({ call, organization }) => {
  const path = `/organizations/${organization.organization.id}`;
  expect(await call("PUT", path, { external_id: "ext" })).toMatchObject({ body: { external_id: "ext" } });
  expect(await call("PUT", path, { name: "Still" })).toMatchObject({ body: { external_id: "ext", name: "Still" } });
  expect(await call("PUT", path, { external_id: null })).toMatchObject({ body: { external_id: null } });
});

test("the configuration has a number of days even if events are kept forever", async ({ call, organization }) => {
  const path = `/organizations/${organization.organization.id}`;
  expect((await call("GET", `${path}/audit_logs_retention`)).body).toEqual({ retention_period_in_days: null });
  expect((await call("GET", `${path}/audit_log_configuration`)).body).toMatchObject({ retention_period_in_days: 3660 });
  await call("PUT", `${path}/audit_logs_retention`, { retention_period: "1_YEAR" });
  expect((await call("GET", `${path}/audit_log_configuration`)).body).toMatchObject({ retention_period_in_days: 365 });
});

test("retention set with a token is reported in the documented days, and null sets it back to forever", async ({
  call,
  organization,
}) => {
  const path = `/organizations/${organization.organization.id}/audit_logs_retention`;
  const set = async (body: unknown) => {
    const { status, body: set } = await call("PUT", path, body);
    return [status, set["retention_period_in_days"]];
  };
  const policy = () =>
    organization.db.prisma.retentionPolicy.findUnique({
      where: { organizationPk: organization.organization.pk },
      select: { days: true, months: true },
    });
  for (let count = 1; count <= 11; count += 1) {
    expect(await set({ retention_period: count === 1 ? "1_MONTH" : `${count}_MONTHS` })).toEqual([200, 30 * count]);
    expect(await policy()).toEqual({ days: 30 * count, months: count });
  }
  for (let count = 1; count <= 10; count += 1) {
    expect(await set({ retention_period: count === 1 ? "1_YEAR" : `${count}_YEARS` })).toEqual([200, 365 * count]);
    expect(await policy()).toEqual({ days: 365 * count, months: 12 * count });
  }
  expect(await set({ retention_period_in_days: 45 })).toEqual([200, 45]);
  expect(await policy()).toEqual({ days: 45, months: null });
  expect(await set({ retention_period_in_days: null })).toEqual([200, null]);
  expect(await policy()).toBeNull();
  expect((await call("GET", path)).body).toEqual({ retention_period_in_days: null });
  expect(await set({ retention_period: null, retention_period_in_days: 30 })).toEqual([200, 30]);
  expect(await set({ retention_period: null })).toEqual([200, null]);
  for (const body of [{}, { retention_period: "12_MONTHS" }, { retention_period_in_days: 0 }, { retention_period: "" }])
    expect((await call("PUT", path, body)).status).toBe(422);
});

test.for([
  [{ domain_data: [{ domain: "a.example", state: "verified" }, { domain: "not a domain" }] }, "domain_data.1.domain"],
  [{ domains: ["a.example", "not a domain"] }, "domains.1"],
  [{ domain_data: [{ domain: "a.example" }], domains: ["b.example", "-"] }, "domains.1"],
  [{ domain_data: [{ domain: "a.example" }, { domain: "A.example" }] }, "domain_data"],
  [{ domains: ["a.example", "a.example"] }, "domains"],
  [{ external_id: "ü" }, "external_id"],
  [{ metadata: { someKey: "x".repeat(601) } }, "metadata.someKey"],
] satisfies [object, string][])("errors name the field as it was sent: %j", async ([fields, field], { call }) => {
  const response = await call("POST", "/organizations", { name: "Acme", ...fields });
  expect(response).toMatchObject({ status: 422, body: { errors: [{ field }] } });
});
