import { describe, expect } from "vitest";
import { previewPortalLink } from "@/server/domain/portal/portal-sessions";
import { setRedirectOrigins } from "@/server/domain/portal/redirect-origins";
import { sdks } from "./clients";
import { test } from "./fixtures";

// Each version has its own enums for these; the API receives the same strings.
const verified = "verified" as never;
const intent = "audit_logs" as never;

describe.each(sdks)("@workos-inc/node $version", ({ open }) => {
  test("creates, gets, finds, updates and deletes an organization", async ({ host }) => {
    const { organizations } = open(host);
    const domainData = [{ domain: "acme.example", state: verified }];
    const created = await organizations.createOrganization(
      { name: "Acme & Söhne", domainData, externalId: "ext 1:a+b", metadata: { tier: "gold", region: "eu" } },
      { idempotencyKey: "organization-1" },
    );
    expect(created).toMatchObject({
      object: "organization",
      name: "Acme & Söhne",
      domains: [{ domain: "acme.example" }],
    });
    expect(await organizations.getOrganization(created.id)).toEqual(created);
    expect((await organizations.listOrganizations({ domains: ["acme.example", "other.example"] })).data).toEqual([
      created,
    ]);
    expect((await organizations.listOrganizations({ domains: ["other.example"] })).data).toEqual([]);

    const changes = {
      name: "Acme",
      domainData: [{ domain: "new.example", state: verified }],
      metadata: { tier: "silver" },
    };
    const updated = await organizations.updateOrganization({ organization: created.id, ...changes });
    expect(updated).toMatchObject({ id: created.id, name: "Acme", domains: [{ domain: "new.example" }] });
    if (organizations.getOrganizationByExternalId) {
      expect(created).toMatchObject({ externalId: "ext 1:a+b", metadata: { tier: "gold", region: "eu" } });
      expect(updated).toMatchObject({ externalId: "ext 1:a+b", metadata: { tier: "silver", region: "eu" } });
      expect(await organizations.getOrganizationByExternalId("ext 1:a+b")).toEqual(updated);
    }

    await organizations.deleteOrganization(created.id);
    await expect(organizations.getOrganization(created.id)).rejects.toMatchObject({
      name: "NotFoundException",
      status: 404,
    });
    expect((await organizations.listOrganizations()).data).toEqual([]);
  });

  test("creates a new portal link for each call", async ({ host, organization }) => {
    await setRedirectOrigins(organization, ["https://app.example.com"]);
    const request = {
      organization: organization.organization.id,
      intent,
      returnUrl: "https://app.example.com/back",
      successUrl: "https://app.example.com/done",
    };
    const { portal } = open(host);
    const [first, second] = [await portal.generateLink(request), await portal.generateLink(request)];
    expect(second.link).not.toBe(first.link);
    for (const { link } of [first, second]) {
      const token = new URL(link).searchParams.get("token") ?? "";
      expect(await previewPortalLink(organization, token)).toMatchObject({
        organizationName: organization.organization.name,
      });
    }
  });
});

const withRetention = sdks.filter(({ version }) => Number.parseInt(version, 10) >= 10);
test.for(withRetention)(
  "@workos-inc/node $version sets the retention period",
  async ({ open }, { host, organization }) => {
    const { auditLogs } = open(host);
    const { id } = organization.organization;
    expect(await auditLogs.getOrganizationAuditLogsRetention?.({ id })).toEqual({ retentionPeriodInDays: null });
    for (const [retentionPeriod, days] of [
      ["1_MONTH", 30],
      ["6_MONTHS", 180],
      ["10_YEARS", 3650],
    ] as const) {
      expect(await auditLogs.updateOrganizationAuditLogsRetention?.({ id, retentionPeriod })).toEqual({
        retentionPeriodInDays: days,
      });
      expect(await auditLogs.getOrganizationAuditLogsRetention?.({ id })).toEqual({ retentionPeriodInDays: days });
    }
    await expect(
      auditLogs.updateOrganizationAuditLogsRetention?.({ id, retentionPeriod: "11_YEARS" }),
    ).rejects.toMatchObject({ status: 422 });
  },
);
