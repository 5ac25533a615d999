import * as node8 from "@workos-inc/node";
import * as node10 from "workos-node-10";
import * as node11 from "workos-node-11";
import * as node2 from "workos-node-2";
import * as node7 from "workos-node-7";
import * as node9 from "workos-node-9";
import type { Client, Host } from "./client";

function options({ url }: Host) {
  const { hostname, port } = new URL(url);
  return { apiHostname: hostname, port: Number(port), https: false };
}

/** 2.18 uses the snake_case names of the API. */
function open2(host: Host): Client {
  const { organizations, auditLogs, portal } = new node2.WorkOS(host.key, options(host));
  return {
    organizations: {
      createOrganization: ({ name, domainData = [] }, request) =>
        organizations.createOrganization({ name, domains: domainData.map(({ domain }) => domain) }, request),
      getOrganization: (id) => organizations.getOrganization(id),
      updateOrganization: ({ organization, name, domainData = [] }) =>
        organizations.updateOrganization({ organization, name, domains: domainData.map(({ domain }) => domain) }),
      deleteOrganization: (id) => organizations.deleteOrganization(id),
      async listOrganizations(list) {
        const { data, list_metadata } = await organizations.listOrganizations(list);
        return { data, listMetadata: list_metadata };
      },
    },
    auditLogs: {
      createEvent: (organization, { occurredAt, context: { location, userAgent }, ...event }, request) =>
        auditLogs.createEvent(
          organization,
          { ...event, occurred_at: occurredAt, context: { location, ...(userAgent && { user_agent: userAgent }) } },
          request,
        ),
      createExport: ({ organizationId, rangeStart, rangeEnd, actorNames = [], actorIds = [], ...filters }) =>
        auditLogs.createExport({
          ...filters,
          organization_id: organizationId,
          range_start: rangeStart,
          range_end: rangeEnd,
          actor_names: actorNames,
          actor_ids: actorIds,
        }),
      getExport: (id) => auditLogs.getExport(id),
    },
    portal,
  };
}

/** One version of each published major version of `@workos-inc/node`. */
export const sdks: readonly { readonly version: string; readonly open: (host: Host) => Client }[] = [
  { version: "2.18.0", open: open2 },
  { version: "7.82.0", open: (host) => new node7.WorkOS(host.key, options(host)) },
  { version: "8.13.0", open: (host) => new node8.WorkOS(host.key, options(host)) },
  { version: "9.3.1", open: (host) => fromAdminPortal(new node9.WorkOS(host.key, options(host))) },
  { version: "10.14.0", open: (host) => fromAdminPortal(new node10.WorkOS(host.key, options(host))) },
  { version: "11.0.0", open: (host) => fromAdminPortal(new node11.WorkOS(host.key, options(host))) },
];

/** Since version 9, the namespace is called `adminPortal`. */
function fromAdminPortal(
  sdk: Pick<Client, "organizations" | "auditLogs"> & { readonly adminPortal: Client["portal"] },
): Client {
  return { organizations: sdk.organizations, auditLogs: sdk.auditLogs, portal: sdk.adminPortal };
}
