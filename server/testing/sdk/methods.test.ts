import { expect } from "vitest";
import { sdks } from "./clients";
import { test } from "./fixtures";

/** The methods that the other SDK tests call. */
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

/** Not 2.18: it is wrapped in an adapter and has fewer methods than any later version. */
const later = sdks.filter(({ version }) => !version.startsWith("2."));

test.for(later)(
  "every method of @workos-inc/node $version is tested or gets 404",
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
        if (typeof method !== "function") throw new Error(`${name} is not a method`);
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
