/** The server and key that a client uses. */
export interface Host {
  readonly url: string;
  readonly key: string;
}

/** The methods of an official client that the tests call, with their names since version 3. */
export interface Client {
  readonly organizations: {
    createOrganization(options: NewOrganization, request?: { idempotencyKey?: string }): Promise<OrganizationResult>;
    getOrganization(id: string): Promise<OrganizationResult>;
    getOrganizationByExternalId?(externalId: string): Promise<OrganizationResult>;
    updateOrganization(options: { organization: string } & NewOrganization): Promise<OrganizationResult>;
    deleteOrganization(id: string): Promise<void>;
    listOrganizations(options?: ListOptions & { domains?: string[] }): Promise<ResultPage<OrganizationResult>>;
  };
  readonly auditLogs: {
    createEvent(organization: string, event: NewEvent, request?: { idempotencyKey?: string }): Promise<void>;
    createExport(options: NewExport): Promise<ExportResult>;
    getExport(id: string): Promise<ExportResult>;
    createSchema?(schema: NewSchema): Promise<SchemaResult>;
    listSchemas?(action: string, options?: ListOptions): Promise<ResultPage<SchemaResult>>;
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
  /** `never` is assignable to the enum of every version. */
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

interface OrganizationResult {
  readonly object: string;
  readonly id: string;
  readonly name: string;
  readonly domains: readonly { readonly domain: string }[];
  readonly externalId?: string | null;
  readonly metadata?: Record<string, string>;
}

interface ExportResult {
  readonly id: string;
  readonly state: string;
  readonly url?: string;
}

interface SchemaResult {
  readonly version: number;
  readonly targets: readonly { readonly type: string }[];
}

interface ResultPage<Item> {
  readonly data: Item[];
  readonly listMetadata: { readonly before?: string | null | undefined; readonly after?: string | null | undefined };
  autoPagination?(): Promise<Item[]>;
}
