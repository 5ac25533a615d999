import { describe, expect } from "vitest";
import { sdks } from "./clients";
import { test } from "./fixtures";

const range = { rangeStart: new Date("2026-09-01T00:00:00.000Z"), rangeEnd: new Date("2026-10-01T00:00:00.000Z") };
// Each version has its own enum for these; the API receives the same strings.
const sso = "sso" as never;
const verified = "verified" as never;

const unknownId = "org_01ARZ3NDEKTSV4RRFFQ69G5FAV";
const notFound = { name: "NotFoundException", status: 404, message: `Organization not found: '${unknownId}'.` };

describe.each(sdks)("@workos-inc/node $version reports", ({ version, open }) => {
  const generation = Number.parseInt(version, 10);

  test("401 for an unknown key", async ({ api }) => {
    const { organizations, auditLogs, portal } = open({ url: api.url, key: "sk_wrong" });
    const expected = { name: "UnauthorizedException", status: 401 };
    await expect(organizations.getOrganization(unknownId)).rejects.toMatchObject(expected);
    await expect(auditLogs.createExport({ organizationId: unknownId, ...range })).rejects.toMatchObject(expected);
    await expect(portal.generateLink({ organization: unknownId, intent: sso })).rejects.toMatchObject(expected);
  });

  test("404 with the ID that does not exist", async ({ host }) => {
    const { organizations, auditLogs } = open(host);
    await expect(organizations.getOrganization(unknownId)).rejects.toMatchObject({
      ...notFound,
      code: "entity_not_found",
    });
    await expect(organizations.updateOrganization({ organization: unknownId, name: "x" })).rejects.toMatchObject(
      notFound,
    );
    await expect(organizations.deleteOrganization(unknownId)).rejects.toMatchObject(notFound);
    await expect(auditLogs.createExport({ organizationId: unknownId, ...range })).rejects.toMatchObject(notFound);
    const id = "audit_log_export_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    await expect(auditLogs.getExport(id)).rejects.toMatchObject({
      status: 404,
      message: `Audit Log Export not found: '${id}'.`,
    });
  });

  test("409 with the domain and 400 with the external ID that is in use", async ({ host }) => {
    const { organizations } = open(host);
    const domainData = [{ domain: "taken.example", state: verified }];
    await organizations.createOrganization({ name: "First", domainData, externalId: "taken" });
    // 2.18 has no class for 409; all later versions do.
    const name = generation === 2 ? "GenericServerException" : "ConflictException";
    const taken = { name, status: 409, message: "An Organization with the domain taken.example already exists." };
    await expect(organizations.createOrganization({ name: "Second", domainData })).rejects.toMatchObject(taken);
    if (generation === 2) return;
    const used = { status: 400, message: "The external_id 'taken' is already used by another organization." };
    await expect(organizations.createOrganization({ name: "Third", externalId: "taken" })).rejects.toMatchObject(used);
  });

  test("422 with the invalid fields", async ({ host, organization }) => {
    const { organizations, auditLogs } = open(host);
    const unprocessable = { name: "UnprocessableEntityException", status: 422 };
    await expect(organizations.createOrganization({ name: "" })).rejects.toMatchObject({
      ...unprocessable,
      message: expect.stringMatching(/requirements? must be met/),
    });
    const event = {
      action: "",
      occurredAt: range.rangeStart,
      actor: { id: "", type: "user" },
      targets: [],
      context: { location: "" },
    };
    await expect(auditLogs.createEvent(organization.organization.id, event)).rejects.toMatchObject(unprocessable);
  });

  test("400 for a range that ends before it starts and for an unsupported intent", async ({ host, organization }) => {
    const { auditLogs, portal } = open(host);
    const { id } = organization.organization;
    const backwards = { organizationId: id, rangeStart: range.rangeEnd, rangeEnd: range.rangeStart };
    const message = "Invalid date range: range_end is before range_start.";
    await expect(auditLogs.createExport(backwards)).rejects.toMatchObject({
      name: "GenericServerException",
      status: 400,
      message,
    });
    await expect(portal.generateLink({ organization: id, intent: sso })).rejects.toMatchObject({
      name: "GenericServerException",
      status: 400,
      message: "Trailport's portal does not support the intent 'sso'. Use 'audit_logs'.",
    });
  });
});

const readRequestId = sdks.filter(({ version }) => Number.parseInt(version, 10) >= 10);
test.for(readRequestId)("@workos-inc/node $version reports the request ID of an error", async ({ open }, { host }) => {
  const requestID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  await expect(open(host).organizations.getOrganization(unknownId)).rejects.toMatchObject({ requestID });
});
