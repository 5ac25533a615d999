import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { OutgoingEvent } from "@/schemas/outgoing-events";
import { diskBlobStore } from "@/server/infra/blob-storage/disk";
import { FOR_FUNCTIONS, openDatabase } from "@/server/infra/postgres/database";
import { BatchingEventWriter } from "@/server/infra/event-writer/event-writer";
import { createMetrics } from "@/server/infra/metrics";
import { Caches } from "@/server/kernel/caches";
import type { Logger } from "@/server/kernel/ports/logger";
import type { Services } from "@/server/kernel/services";

export interface TestServices {
  readonly services: Services;
  readonly databaseUrl: string;
  /** Where the blob store keeps its files. */
  readonly blobDirectory: string;
  /** What was sent to the functions so far, oldest first. */
  readonly sent: OutgoingEvent[];
  /** What `now` answers; it stands still unless a test moves it. */
  readonly clock: { now: Date };
  close(): Promise<void>;
}

/** Returns the same services as another process has them: with caches of its own, kept up to date by the changes of its `db`. */
export function inAnotherProcess<S extends Services>(services: S): S {
  return { ...services, caches: new Caches(services.db.changes) };
}

const quiet: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Real services over a test's own database: files in a temporary folder, events to the functions only gathered. */
export async function createTestServices(databaseUrl: string): Promise<TestServices> {
  const blobDirectory = await mkdtemp(path.join(tmpdir(), "trailport-blobs-"));
  // Also for what makes a million events at once.
  const db = openDatabase(databaseUrl, quiet, FOR_FUNCTIONS);
  const metrics = createMetrics();
  const sent: OutgoingEvent[] = [];
  const clock = { now: new Date("2026-10-01T12:00:00.000Z") };
  const services: Services = {
    db,
    events: new BatchingEventWriter(db, { log: quiet, metrics }),
    blobs: diskBlobStore(pathToFileURL(blobDirectory).href),
    mailer: null,
    send: async (events) => void sent.push(...events),
    now: () => clock.now,
    log: quiet,
    metrics,
    caches: new Caches(db.changes),
    config: {
      metricsToken: null,
      publicUrl: "http://localhost:3000",
      authSecret: "a secret for tests that nobody else ever uses",
      identityProvider: null,
      downloadSecret: "another secret for tests that nobody else uses",
      exportFileDays: 7,
      // The clock stands still, and with it the minute.
      rateLimitPerMinute: 1_000_000_000,
    },
  };
  return {
    services,
    databaseUrl,
    blobDirectory,
    sent,
    clock,
    async close() {
      await db.close();
      await rm(blobDirectory, { recursive: true, force: true });
    },
  };
}
