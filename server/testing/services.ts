import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { OutgoingEvent } from "@/schemas/outgoing-events";
import { diskBlobStore } from "@/server/infra/blob-storage/disk";
import { FOR_FUNCTIONS, openDatabase } from "@/server/infra/postgres/database";
import { BatchingEventWriter } from "@/server/infra/event-writer/event-writer";
import { diskSpace } from "@/server/infra/free-space";
import { createMetrics } from "@/server/infra/metrics";
import { Caches } from "@/server/kernel/caches";
import type { Logger } from "@/server/kernel/ports/logger";
import type { Services } from "@/server/kernel/services";

export interface TestServices {
  readonly services: Services;
  readonly databaseUrl: string;
  /** The directory of the blob store. */
  readonly blobDirectory: string;
  /** The events sent to the functions so far, oldest first. */
  readonly sent: OutgoingEvent[];
  /** The time that `now` returns; it only changes when a test sets it. */
  readonly clock: { now: Date };
  close(): Promise<void>;
}

/** Returns these services as another process would have them: with new caches, which follow the changes of `services.db`. */
export function inAnotherProcess<S extends Services>(services: S): S {
  return { ...services, caches: new Caches(services.db.changes) };
}

const quiet: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Creates real services over a test's own database. Files go to a temporary folder, events to the functions into `sent`. */
export async function createTestServices(databaseUrl: string): Promise<TestServices> {
  const blobDirectory = await mkdtemp(path.join(tmpdir(), "trailport-blobs-"));
  // Without statement timeouts, because some tests create a million events at once.
  const db = openDatabase(databaseUrl, quiet, FOR_FUNCTIONS);
  const metrics = createMetrics();
  const sent: OutgoingEvent[] = [];
  const clock = { now: new Date("2026-10-01T12:00:00.000Z") };
  const services: Services = {
    db,
    events: new BatchingEventWriter(db, { log: quiet, metrics }),
    blobs: diskBlobStore(pathToFileURL(blobDirectory).href),
    freeSpace: diskSpace(undefined, pathToFileURL(blobDirectory).href),
    mailer: null,
    send: async (events) => void sent.push(...events),
    now: () => clock.now,
    log: quiet,
    metrics,
    caches: new Caches(db.changes),
    config: {
      metricsToken: null,
      publicUrl: "http://localhost:3000",
      authSecret: "a secret that only tests use, 32 chars",
      identityProvider: null,
      downloadSecret: "another secret that only tests use, 32 chars",
      exportFileDays: 7,
      // Practically unlimited; tests of the limits set their own.
      exportLimits: { pending: 1_000_000, bytes: Number.MAX_SAFE_INTEGER },
      freeSpaceReserve: 0,
      securityContact: null,
      // Practically unlimited, because a limit's minute never ends while the clock stands still.
      rateLimitPerMinute: 1_000_000_000,
      eventLimitPerMinute: 1_000_000_000,
      callLimitPerMinute: 1_000_000_000,
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
