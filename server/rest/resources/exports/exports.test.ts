import { describe, expect } from "vitest";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { request, runExport } from "@/server/testing/run-export";
import { test } from "@/server/testing/rest-fixtures";

describe("exports", () => {
  test("are listed for one organization or all, page by page, and never another environment's", async ({
    call,
    organization,
    stranger,
  }) => {
    // Made within one millisecond of the test's clock, so their order is that of chance.
    const made = [await request(organization), await request(organization), await request(organization)];
    const mine = made.toSorted().toReversed();
    await request(stranger);
    const first = await call("GET", "/audit_logs/exports?limit=2");
    expect(first.body).toMatchObject({
      object: "list",
      data: mine.slice(0, 2).map((id) => ({ id, state: "pending" })),
    });
    const { after } = first.body["list_metadata"] as { after: string };
    const second = await call(
      "GET",
      `/audit_logs/exports?limit=2&after=${after}&organization_id=${organization.organization.id}`,
    );
    expect(second.body).toMatchObject({ data: [{ id: mine[2] }], list_metadata: { after: null } });
    expect(await call("GET", `/audit_logs/exports?organization_id=${stranger.organization.id}`)).toMatchObject({
      status: 404,
    });
  });

  test("are cancelled, twice without harm, but not when they are finished or another's", async ({
    call,
    organization,
    stranger,
  }) => {
    const pending = await request(organization);
    for (let n = 0; n < 2; n += 1) {
      expect(await call("POST", `/audit_logs/exports/${pending}/cancel`)).toMatchObject({
        status: 200,
        body: { id: pending, state: "error", failure: "Canceled by test." },
      });
    }
    const finished = await request(organization);
    await runExport(organization, finished);
    expect(await call("POST", `/audit_logs/exports/${finished}/cancel`)).toMatchObject({ status: 409 });
    expect(await call("POST", `/audit_logs/exports/${await request(stranger)}/cancel`)).toMatchObject({ status: 404 });
  });

  test("of a deleted organization are not found", async ({ call, organization }) => {
    const id = await request(organization);
    await deleteOrganization(organization);
    expect(await call("GET", `/audit_logs/exports/${id}`)).toMatchObject({ status: 404 });
    expect((await call("GET", "/audit_logs/exports")).body).toMatchObject({ data: [] });
  });

  test("a format that does not exist is refused by field", async ({ call, organization }) => {
    const range = { range_start: "2026-01-01", range_end: "2026-02-01" };
    const body = { organization_id: organization.organization.id, ...range, format: "xlsx", gzip: "yes" };
    expect(await call("POST", "/audit_logs/exports", body)).toMatchObject({
      status: 422,
      body: { errors: [{ field: "format" }, { field: "gzip" }] },
    });
  });
});
