import { pino } from "pino";
import { readEnv, type Env } from "@/server/kernel/env";
import { openBlobStore } from "@/server/infra/blob-storage/open-blob-store";
import { FOR_FUNCTIONS, openDatabase } from "@/server/infra/postgres/database";
import { BatchingEventWriter } from "@/server/infra/event-writer/event-writer";
import { openWritingPool } from "@/server/infra/event-writer/writing-pool";
import { openMailer } from "@/server/infra/mailer/smtp";
import { createMetrics } from "@/server/infra/metrics";
import { createInngestClient, sendThrough, type InngestClient } from "@/server/inngest/client";
import { Caches } from "@/server/kernel/caches";
import type { Services } from "@/server/kernel/services";
import { openRunnerFetch } from "@/server/embedded/runner/open-runner-fetch";

export interface Live {
  readonly services: Services;
  /** The same for the functions: no statement is cut off, and none takes a connection from whoever waits for an answer. */
  readonly background: Services;
  readonly inngest: InngestClient;
  readonly log: pino.Logger;
  close(): Promise<void>;
}

/** On `globalThis`, since Next's pages are a module graph of their own inside the web process. */
const shared = globalThis as typeof globalThis & { trailport?: Live };

/** The real world, made once per process from its environment. Nothing else knows how the parts are chosen. */
export function live(): Live {
  shared.trailport ??= openLive(readEnv());
  return shared.trailport;
}

export function liveServices(): Services {
  return live().services;
}

export async function closeLiveServices(): Promise<void> {
  await shared.trailport?.close();
}

/** The same, apart from the process's own: whoever opens it closes it. */
export function openLive(env: Env): Live {
  const log = pino({ level: env.logLevel });
  const db = openDatabase(env.databaseUrl, log);
  const backgroundDb = openDatabase(env.databaseUrl, log, FOR_FUNCTIONS);
  const metrics = createMetrics();
  const writing = openWritingPool(env.databaseUrl, log);
  const runner = env.inngest.embedded ? openRunnerFetch(env.databaseUrl, log) : null;
  const inngest = createInngestClient({ ...env.inngest, ...(runner && { fetch: runner.fetch }) });
  const services: Services = {
    db,
    events: new BatchingEventWriter(writing, { log, metrics }),
    blobs: openBlobStore(env.blobStoreUrl),
    mailer: env.mail === null ? null : openMailer(env.mail),
    send: sendThrough(inngest),
    now: () => new Date(),
    log,
    metrics,
    caches: new Caches(db.changes),
    config: {
      metricsToken: env.metricsToken,
      publicUrl: env.publicUrl,
      authSecret: env.authSecret,
      identityProvider: env.identityProvider,
      downloadSecret: env.downloadSecret,
      exportFileDays: env.exportFileDays,
      rateLimitPerMinute: env.rateLimitPerMinute,
    },
  };
  return {
    services,
    background: { ...services, db: backgroundDb },
    inngest,
    log,
    async close() {
      await Promise.all([db.close(), backgroundDb.close(), writing.close(), runner?.close()]);
    },
  };
}
