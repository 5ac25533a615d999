import type { PrismaClient } from "@/prisma/generated/client";

/** PostgreSQL: Prisma for relational data, SQL for the event log. */
export interface Database {
  readonly prisma: PrismaClient;
  /** Runs one unnamed statement (a generic plan on the partitioned table is tens of times slower). */
  query<Row>(sql: string, values: readonly unknown[], options?: QueryOptions): Promise<Row[]>;
  /**
   * Streams the rows of a query in COPY's text format: UTF-8, one line per row ending in LF, columns separated by tabs,
   * a backslash before every character that could be mistaken for these, and an empty column for null. A slow reader
   * slows the statement down; a reader that stops ends it.
   */
  copy(sql: string, values: readonly unknown[], options?: QueryOptions): AsyncIterable<Buffer>;
  readonly changes: Changes;
  close(): Promise<void>;
}

/** A row that a cache may hold under `key` was created, changed or deleted. */
export interface Change {
  readonly kind: "api_key" | "organization" | "action";
  /** An API key's SHA-256 in hex, or `<environment pk>:<organization id or action name>`. */
  readonly key: string;
}

/** The changes that any process makes in the database. */
export interface Changes {
  /** Calls `subscriber` soon after each commit, with `any` when notifications may have been lost. */
  subscribe(subscriber: (change: Change | "any") => void): void;
  /** Returns the time (`performance.now()`) up to which subscribers know every change. */
  syncedUntil(): number;
}

export interface QueryOptions {
  /** Milliseconds after which PostgreSQL cancels the statement; it then fails with DomainError `unavailable`. */
  readonly timeout?: number;
  /** Once aborted, ends the statement in PostgreSQL and fails the call or the stream. */
  readonly signal?: AbortSignal;
  /**
   * A name under which each connection keeps the parsed statement and a plan for any values. Use it only where one plan
   * is best for all values, and not together with `timeout`.
   */
  readonly prepared?: string;
}
