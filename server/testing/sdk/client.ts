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
