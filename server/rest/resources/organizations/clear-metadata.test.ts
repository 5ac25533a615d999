import { expect } from "vitest";
import { type ApiResponse, test as base } from "@/server/testing/rest-fixtures";

/** Updates an organization that has metadata and an external ID, as a client with this User-Agent. */
const test = base.extend<{ update: (body: unknown, userAgent?: string) => Promise<ApiResponse> }>({
  update: async ({ call, organization: { organization } }, use) => {
    const path = `/organizations/${organization.id}`;
    await use(async (body, userAgent) => {
      await call("PUT", path, {
        name: "Acme",
        external_id: `of ${organization.id}`,
        metadata: { tier: "gold", x: "y" },
      });
      return call("PUT", path, body, userAgent === undefined ? {} : { "user-agent": userAgent });
    });
  },
});

/** What the Go SDK sends if only a name is set. */
const GO = {
  Organization: "org_1",
  Name: "Renamed",
  AllowProfilesOutsideOrganization: false,
  Domains: null,
  domain_data: null,
  external_id: "",
  metadata: null,
};

test.for([
  undefined,
  "workos-ruby/10.2.1 ruby/3.4.1",
  "workos-python/10.8.0",
  "workos-go/v10.1.1",
  "workos-go/v5.1.1",
  "workos-go/v5.1.01",
  "workos-go/v4.42.0",
  "workos-node/11.0.0",
])("null metadata from %s removes all keys and nothing else", async (userAgent, { update }) => {
  const { status, body } = await update({ metadata: null }, userAgent);
  expect({ status, body }).toMatchObject({ status: 200, body: { name: "Acme", metadata: {} } });
  expect(body["external_id"]).toMatch(/^of org_/);
});

test.for(["v4.43.0", "v4.45.1", "v4.46.0", "v4.46.1", "v5.0.0", "v5.1.0"])(
  "an update from Go SDK %s keeps the metadata and external ID that are not set",
  async (version, { update }) => {
    const { status, body } = await update(GO, `workos-go/${version}`);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { name: "Renamed", metadata: { tier: "gold", x: "y" } },
    });
    expect(body["external_id"]).toMatch(/^of org_/);
    const changed = await update({ ...GO, Name: "", external_id: "new", metadata: { x: "z" } }, `workos-go/${version}`);
    expect(changed.body).toMatchObject({ name: "Acme", external_id: "new", metadata: { tier: "gold", x: "z" } });
  },
);

test("empty metadata changes nothing, and null in it removes one key", async ({ update }) => {
  expect((await update({ metadata: {} })).body).toMatchObject({ metadata: { tier: "gold", x: "y" } });
  expect((await update({ metadata: { x: null } })).body["metadata"]).toEqual({ tier: "gold" });
});
