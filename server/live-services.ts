import { pino } from "pino";
import { readEnv, type Env } from "@/server/kernel/env";
import { openBlobStore } from "@/server/infra/blob-storage/open-blob-store";
import { FOR_FUNCTIONS, FOR_REQUESTS, openDatabase, poolSize } from "@/server/infra/postgres/database";
import { BatchingEventWriter, WRITER_LIMITS } from "@/server/infra/event-writer/event-writer";
import { openWritingPool } from "@/server/infra/event-writer/writing-pool";
import { bodyBudget, pageBodyBudget } from "@/server/rest/http/body-budget";
import { openMailer } from "@/server/infra/mailer/smtp";
import { diskSpace } from "@/server/infra/free-space";
import { createMetrics } from "@/server/infra/metrics";
import { createInngestClient, sendThrough, type InngestClient } from "@/server/inngest/client";
import { reportSending } from "@/server/inngest/registration/report-sending";
import { Caches } from "@/server/kernel/caches";
import { currentRequestId } from "@/server/kernel/request-context";
import type { Services } from "@/server/kernel/services";
import { openRunnerFetch } from "@/server/embedded/runner/open-runner-fetch";

export interface Live {
  readonly services: Services;
  /**
   * The same services for the functions, with a connection pool of their own: statements have no timeout and take no
   * connections from requests. They share the caches, since both run in one process.
   */
  readonly background: Services;
  readonly inngest: InngestClient;
  readonly log: pino.Logger;
  close(): Promise<void>;
}

/** On `globalThis`, because Next's pages have their own copy of every module within the web process. */
const shared = globalThis as typeof globalThis & { trailport?: Live };

/** Returns the process's services, created from its environment on first use. No other code chooses implementations. */
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

/** Opens services independent of the process's own; the caller closes them. */
export function openLive(env: Env): Live {
  const log = pino({ level: env.logLevel, mixin: requestFields });
  const { bodies, events } = env.memory;
  const connections = Math.min(env.memory.connections, poolSize(env.databaseConnections));
  const db = openDatabase(env.databaseUrl, log, { ...FOR_REQUESTS, connections });
  const backgroundDb = openDatabase(env.databaseUrl, log, { ...FOR_FUNCTIONS, connections });
  const metrics = createMetrics();
  const writing = openWritingPool(env.databaseUrl, log);
  const runner = env.inngest.embedded ? openRunnerFetch(env.databaseUrl, log) : null;
  const inngest = createInngestClient({ ...env.inngest, log, ...(runner && { fetch: runner.fetch }) });
  const caches = new Caches(db.changes);
  const send = sendThrough(inngest);
  const services: Services = {
    db,
    events: new BatchingEventWriter(writing, { log, metrics }, { ...WRITER_LIMITS, ...events }),
    blobs: openBlobStore(env.blobStoreUrl),
    freeSpace: diskSpace(env.databaseDirectory, env.blobStoreUrl),
    mailer: env.mail === null ? null : openMailer(env.mail),
    send: env.inngest.embedded ? send : reportSending(send, caches),
    now: () => new Date(),
    log,
    metrics,
    caches,
    config: {
      metricsToken: env.metricsToken,
      publicUrl: env.publicUrl,
      authSecret: env.authSecret,
      identityProvider: env.identityProvider,
      downloadSecret: env.downloadSecret,
      exportFileDays: env.exportFileDays,
      exportLimits: env.exportLimits,
      freeSpaceReserve: env.freeSpaceReserve,
      securityContact: env.securityContact,
      rateLimitPerMinute: env.rateLimitPerMinute,
      eventLimitPerMinute: env.eventLimitPerMinute,
      callLimitPerMinute: env.callLimitPerMinute,
    },
  };
  for (const budget of [bodyBudget, pageBodyBudget]) services.caches.of(budget).limitTo(bodies);
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

/** What every line of the log has while a request is handled, or a function that it started. */
function requestFields(): object {
  const requestId = currentRequestId();
  return requestId === undefined ? {} : { requestId };
}
