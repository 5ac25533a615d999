import { expect } from "vitest";
import { sdks } from "./clients";
import { test } from "./fixtures";

/** What the tests beside this one call. */
const called = new Set([
  "createEvent",
  "createExport",
  "getExport",
  "createSchema",
  "listSchemas",
  "getOrganizationAuditLogsRetention",
  "updateOrganizationAuditLogsRetention",
  "generateLink",
  "createOrganization",
  "getOrganization",
  "getOrganizationByExternalId",
  "updateOrganization",
  "deleteOrganization",
  "listOrganizations",
]);

/** 2.18 stands behind an adapter; it has fewer methods than any later version. */
const later = sdks.filter(({ version }) => !version.startsWith("2."));

test.for(later)(
  "each audit-log, portal and organization method of @workos-inc/node $version is tested, or refused as not there",
  async ({ open }, { host, organization }) => {
    const { organizations, auditLogs, portal } = open(host);
    const { id } = organization.organization;
    const options = {
      id,
      organizationId: id,
      contactId: "it_contact_1",
      email: "it@example.com",
      intents: ["sso"],
      name: "x",
      permissions: [],
    };
    let seen = 0;
    for (const namespace of [organizations, auditLogs, portal]) {
      for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(namespace))) {
        if (called.has(name)) seen += 1;
        if (called.has(name) || name === "constructor") continue;
        const method: unknown = Reflect.get(namespace, name);
        if (typeof method !== "function") throw new Error(`${name} is no method`);
        const message = expect.stringMatching(
          new RegExp(`^Cannot (GET|POST|DELETE) /organizations/${id}/.*: there is no such route\\.$`),
        );
        await expect(Reflect.apply(method, namespace, [options]), name).rejects.toMatchObject({
          name: "NotFoundException",
          status: 404,
          message,
        });
      }
    }
    expect(seen).toBeGreaterThanOrEqual(11);
  },
);
