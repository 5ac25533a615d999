import * as node8 from "@workos-inc/node";
import * as node10 from "workos-node-10";
import * as node11 from "workos-node-11";
import * as node2 from "workos-node-2";
import * as node7 from "workos-node-7";
import * as node9 from "workos-node-9";

/** Which server to talk to, and with what key. */
export interface Host {
  readonly url: string;
  readonly key: string;
}

/** What the tests call of an official client, in the words that it has had since version 3. */
export interface Client {
  readonly organizations: {
    createOrganization(options: NewOrganization, request?: { idempotencyKey?: string }): Promise<SeenOrganization>;
    getOrganization(id: string): Promise<SeenOrganization>;
    getOrganizationByExternalId?(externalId: string): Promise<SeenOrganization>;
    updateOrganization(options: { organization: string } & NewOrganization): Promise<SeenOrganization>;
    deleteOrganization(id: string): Promise<void>;
    listOrganizations(options?: ListOptions & { domains?: string[] }): Promise<SeenPage<SeenOrganization>>;
  };
  readonly auditLogs: {
    createEvent(organization: string, event: NewEvent, request?: { idempotencyKey?: string }): Promise<void>;
    createExport(options: NewExport): Promise<SeenExport>;
    getExport(id: string): Promise<SeenExport>;
    createSchema?(schema: NewSchema): Promise<SeenSchema>;
    listSchemas?(action: string, options?: ListOptions): Promise<SeenPage<SeenSchema>>;
    getOrganizationAuditLogsRetention?(options: { id: string }): Promise<{ retentionPeriodInDays: number | null }>;
    updateOrganizationAuditLogsRetention?(options: {
      id: string;
      retentionPeriod: string;
    }): Promise<{ retentionPeriodInDays: number | null }>;
  };
  readonly portal: {
    generateLink(options: {
      organization: string;
      intent: never;
      returnUrl?: string;
      successUrl?: string;
    }): Promise<{ link: string }>;
  };
}

interface NewOrganization {
  name: string;
  /** `never` stands for each version's own enumeration. */
  domainData?: { domain: string; state: never }[];
  externalId?: string | null;
  metadata?: Record<string, string>;
}

export interface NewEvent {
  action: string;
  version?: number;
  occurredAt: Date;
  actor: { id: string; type: string; name?: string };
  targets: { id: string; type: string }[];
  context: { location: string; userAgent?: string };
  metadata?: Record<string, string | number | boolean>;
}

interface NewExport {
  organizationId: string;
  rangeStart: Date;
  rangeEnd: Date;
  actions?: string[];
  actorNames?: string[];
  actorIds?: string[];
  targets?: string[];
}

interface NewSchema {
  action: string;
  targets: { type: string; metadata?: Record<string, string> }[];
  metadata?: Record<string, string>;
}

interface ListOptions {
  limit?: number;
  after?: string;
  before?: string;
  order?: "asc" | "desc";
}

interface SeenOrganization {
  readonly object: string;
  readonly id: string;
  readonly name: string;
  readonly domains: readonly { readonly domain: string }[];
  readonly externalId?: string | null;
  readonly metadata?: Record<string, string>;
}

interface SeenExport {
  readonly id: string;
  readonly state: string;
  readonly url?: string;
}

interface SeenSchema {
  readonly version: number;
  readonly targets: readonly { readonly type: string }[];
}

interface SeenPage<Item> {
  readonly data: Item[];
  readonly listMetadata: { readonly before?: string | null | undefined; readonly after?: string | null | undefined };
  autoPagination?(): Promise<Item[]>;
}

function options({ url }: Host) {
  const { hostname, port } = new URL(url);
  return { apiHostname: hostname, port: Number(port), https: false };
}

/** 2.18 sends and answers the wire's own spelling. */
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

/** Each published line of `@workos-inc/node`, as a client of one server. */
export const sdks: readonly { readonly version: string; readonly open: (host: Host) => Client }[] = [
  { version: "2.18.0", open: open2 },
  { version: "7.82.0", open: (host) => new node7.WorkOS(host.key, options(host)) },
  { version: "8.13.0", open: (host) => new node8.WorkOS(host.key, options(host)) },
  { version: "9.3.1", open: (host) => fromAdminPortal(new node9.WorkOS(host.key, options(host))) },
  { version: "10.14.0", open: (host) => fromAdminPortal(new node10.WorkOS(host.key, options(host))) },
  { version: "11.0.0", open: (host) => fromAdminPortal(new node11.WorkOS(host.key, options(host))) },
];

/** The namespace's name since version 9. */
function fromAdminPortal(
  sdk: Pick<Client, "organizations" | "auditLogs"> & { readonly adminPortal: Client["portal"] },
): Client {
  return { organizations: sdk.organizations, auditLogs: sdk.auditLogs, portal: sdk.adminPortal };
}
