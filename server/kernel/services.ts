import type { OutgoingEvent } from "@/schemas/outgoing-events";
import type { Caches } from "./caches";
import type { BlobStore } from "./ports/blob-store";
import type { Database } from "./ports/database";
import type { EventWriter } from "./ports/event-writer";
import type { FreeSpace } from "./ports/free-space";
import type { Logger } from "./ports/logger";
import type { Mailer } from "./ports/mailer";
import type { Metrics } from "./ports/metrics";

/** Everything outside of the process. Passed in as an argument, so that tests pass their own. */
export interface Services {
  readonly db: Database;
  readonly events: EventWriter;
  readonly blobs: BlobStore;
  readonly freeSpace: () => Promise<FreeSpace>;
  /** Null if no mail server is configured: people then pass on links themselves. */
  readonly mailer: Mailer | null;
  readonly send: (events: readonly OutgoingEvent[]) => Promise<void>;
  readonly now: () => Date;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** The caches and budgets of this process; every copy of these services shares them. */
  readonly caches: Caches;
  readonly config: ServiceConfig;
}

/** An OpenID Connect provider. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Issuers whose emails count as verified if their ID tokens don't say. */
  readonly trustedIssuers: readonly string[];
  /** Shown on the sign-in button. */
  readonly name: string;
}

export interface ServiceConfig {
  /** The bearer token that Prometheus sends to read the metrics; null hides them. */
  readonly metricsToken: string | null;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** Encrypts the session cookies of staff. */
  readonly authSecret: string;
  /** The provider through which staff can sign in without a password, if any. */
  readonly identityProvider: IdentityProvider | null;
  /** Signs download URLs. */
  readonly downloadSecret: string;
  /** Days for which the file of an export is kept. */
  readonly exportFileDays: number;
  /** What an organization may have at a time: unfinished exports, and bytes in files. */
  readonly exportLimits: { readonly pending: number; readonly bytes: number };
  /** Bytes on each disk that exports leave to the database and its events. */
  readonly freeSpaceReserve: number;
  /** A URL for reports of security problems; null publishes none. */
  readonly securityContact: string | null;
  /** REST requests that an environment may make per minute, over all processes. */
  readonly rateLimitPerMinute: number;
  /** Events that an environment may send per minute, over all processes. */
  readonly eventLimitPerMinute: number;
  /** Procedure calls that a session may make per minute, in each process. */
  readonly callLimitPerMinute: number;
}
