import type { Readable } from "node:stream";
import type { PrismaClient } from "@/prisma/generated/client";
import type { NewEvent } from "@/schemas/events/event";
import type { OutgoingEvent } from "@/schemas/outgoing-events";
import type { Role } from "@/schemas/team/roles";

/** PostgreSQL: Prisma for the relational part, SQL for the event log. */
export interface Database {
  readonly prisma: PrismaClient;
  /** One statement, unnamed (a generic plan on the partitioned table is tens of times slower). */
  query<Row>(sql: string, values: readonly unknown[], options?: QueryOptions): Promise<Row[]>;
  /**
   * The rows of a query as COPY writes them, in chunks as they come: UTF-8, a line for each row, ended by LF, its columns
   * separated by tabs, with a backslash in front of what would be mistaken for these, and nothing for null. A slow reader
   * holds them back; who stops reading ends the statement.
   */
  copy(sql: string, values: readonly unknown[], options?: QueryOptions): AsyncIterable<Buffer>;
  readonly changes: Changes;
  close(): Promise<void>;
}

/** A row that is remembered by this key somewhere has changed, or is new, or is gone. */
export interface Change {
  readonly kind: "api_key" | "organization" | "action";
  /** SHA-256 of a key in hex; the environment's pk, a colon and an organization's id or an action's name. */
  readonly key: string;
}

/** What has changed in the database, whichever process did it. */
export interface Changes {
  /** Calls back soon after each commit; with `any` when something may have changed unheard. */
  subscribe(subscriber: (change: Change | "any") => void): void;
  /** The moment (`performance.now()`) up to which subscribers have been told of everything. */
  toldUntil(): number;
}

export interface QueryOptions {
  /** Milliseconds after which PostgreSQL gives up; the failure is a DomainError `unavailable`. */
  readonly timeout?: number;
  /** Ends the statement in PostgreSQL, too, once it is aborted, and the call or the reading with an error. */
  readonly signal?: AbortSignal;
  /**
   * A name under which each connection keeps the statement, parsed and planned for any values: for one whose best plan
   * is the same for all of them. Not together with `timeout`.
   */
  readonly prepared?: string;
}

/** What was stored of one part of an upload. */
export interface StoredPart {
  readonly number: number;
  readonly etag: string;
  readonly bytes: number;
}

/** What a browser is told of a file that it saves. */
export interface DownloadedFile {
  readonly fileName: string;
  readonly contentType: string;
}

/** Where files are kept, in terms that both a disk and an S3-compatible store can hold to. */
export interface BlobStore {
  /**
   * Begins an upload, or answers the one that was begun for this key and neither completed nor aborted: a caller killed
   * before it could note the answer leaves nothing behind. A finished blob appears under `key` only with `complete`.
   */
  begin(key: string): Promise<string>;
  /** Stores part `number` (from 1); storing it again replaces it. Fails when the upload was completed or aborted. */
  putPart(key: string, uploadId: string, number: number, body: AsyncIterable<Uint8Array>): Promise<StoredPart>;
  /**
   * Joins the parts in order into the blob, all or nothing. May be done again after it succeeded, and after it was killed
   * at any point. Gives up soon after `signal` is aborted, with that signal's reason.
   */
  complete(key: string, uploadId: string, parts: readonly StoredPart[], signal?: AbortSignal): Promise<void>;
  /** Drops every upload that was begun for the key, and what was stored for it; none is fine. */
  abort(key: string): Promise<void>;
  /** @throws DomainError `not_found` */
  read(key: string): Promise<{ readonly bytes: number; readonly body: Readable }>;
  /**
   * An address from which a browser can fetch the blob without this process, for so many seconds, as a file to save
   * under this name; null where the store has none. Does not look whether the blob is there.
   */
  address(key: string, file: DownloadedFile, seconds: number): Promise<string | null>;
  /** Drops a finished blob; an unknown one is fine. */
  delete(key: string): Promise<void>;
  /** Whether the store can be written to; throws when it cannot. */
  check(): Promise<void>;
}

/** An event on its way into the log, in the columns' own terms. */
export interface EventRow {
  readonly id: string;
  readonly environmentPk: number;
  readonly organizationPk: number;
  readonly event: NewEvent;
  /** SHA-256 in hex that makes a repeated request one event for 24 hours; null when the sender asked for nothing of the kind. */
  readonly idempotencyKey: string | null;
}

export interface EventWriter {
  /** Resolves once the event is committed. A replay of an idempotency key is not stored again. */
  write(row: EventRow): Promise<"stored" | "replayed">;
}

export interface Mail {
  /** One bare address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** Resolves once the mail server has taken it; throws when it does not. */
  send(mail: Mail): Promise<void>;
}

/** How the background work stands at one moment, over all processes. */
export interface Workload {
  readonly exports: readonly { readonly state: string; readonly count: number }[];
  /** Of the embedded runner. */
  readonly runs: { readonly open: number; readonly failed: number };
  readonly stepsRetrying: number;
  readonly heartbeatSeconds: number;
}

/** What one process counts for the operator's monitoring. */
export interface Metrics {
  request(answer: { readonly route: string; readonly method: string; readonly status: number }, seconds: number): void;
  /** So many events were committed together. */
  batch(events: number, seconds: number): void;
  events(result: "stored" | "replayed" | "failed", count: number): void;
  /** How to find out what waits for a commit. */
  watchQueue(read: () => { readonly events: number; readonly bytes: number }): void;
  render(workload: Workload): Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Everything outside the process. Handed in, so that tests hand in their own. */
export interface Services {
  readonly db: Database;
  readonly events: EventWriter;
  readonly blobs: BlobStore;
  /** Null where no mail server is configured: links are then handed on by people. */
  readonly mailer: Mailer | null;
  readonly send: (events: readonly OutgoingEvent[]) => Promise<void>;
  readonly now: () => Date;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly config: ServiceConfig;
}

/** An OpenID Connect provider. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For people. */
  readonly name: string;
}

export interface ServiceConfig {
  /** What Prometheus shows to read the metrics; null hides them. */
  readonly metricsToken: string | null;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** Encrypts the staff's session cookies. */
  readonly authSecret: string;
  /** Through which staff can sign in besides their passwords, if any. */
  readonly identityProvider: IdentityProvider | null;
  /** Signs download addresses. */
  readonly downloadSecret: string;
  /** How many days the file of an export is kept. */
  readonly exportFileDays: number;
  /** How many REST requests an environment may make in a minute, all processes together. */
  readonly rateLimitPerMinute: number;
}

/** Who acts; kept with exports, links and the activity trail. */
export type Principal =
  | { readonly type: "user"; readonly id: string; readonly name: string }
  | { readonly type: "api_key"; readonly id: string; readonly name: string }
  | { readonly type: "portal_session"; readonly id: string; readonly name: string }
  | { readonly type: "system"; readonly id: "system"; readonly name: string };

/** One vendor, as one of its staff may touch it. */
export interface WorkspaceScope extends Services {
  readonly workspace: { readonly id: string; readonly name: string };
  readonly principal: Principal;
  readonly role: Role;
}

/** One environment and everything in it. */
export interface EnvironmentScope extends Services {
  readonly environment: {
    readonly pk: number;
    readonly id: string;
    readonly name: string;
    readonly kind: "staging" | "production";
    readonly strictActions: boolean;
    readonly workspaceName: string;
  };
  readonly principal: Principal;
}

/** One organization and nothing else; made by `scopeToOrganization` or by a portal session. */
export interface OrganizationScope extends EnvironmentScope {
  readonly organization: { readonly pk: number; readonly id: string; readonly name: string };
}
