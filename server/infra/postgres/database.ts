import type { PrismaClient } from "@/prisma/generated/client";
import type { Database } from "@/server/kernel/ports/database";
import type { Logger } from "@/server/kernel/ports/logger";
import { listenForChanges } from "./change-listener";
import { explainOutages } from "./outage";
import { openConnections, openPool, type ConnectionOptions } from "./pool";
import { openPrisma } from "./prisma";

/** For work that somebody waits for: whatever becomes of the database, there is an answer. */
export const FOR_REQUESTS: ConnectionOptions = {
  connections: 10,
  connectTimeout: 10_000,
  statementTimeout: 10_000,
  // The server has given up by then: it does not live, or the way to it does not.
  queryTimeout: 15_000,
};

/** For work that nobody waits for: its statements take the time that they take. */
export const FOR_FUNCTIONS: ConnectionOptions = { connections: 10, connectTimeout: 20_000 };

/**
 * Connections to PostgreSQL for one process; `connections` is what each of the two pools may open, beside a listener.
 * While the database is away, and when a statement takes too long, statements fail with a DomainError `unavailable`.
 */
export function openDatabase(url: string, log: Logger, options = FOR_REQUESTS): Database {
  let prisma: PrismaClient | undefined;
  const changes = listenForChanges(url, log);
  const pool = openPool(url, log, options);
  const explain = explainOutages(log);
  return {
    changes,
    query: <Row>(...statement: Parameters<Database["query"]>) => pool.query<Row>(...statement).catch(explain),
    async *copy(sql, values, options) {
      try {
        yield* pool.copy(sql, values, options);
      } catch (error) {
        if (options?.signal?.aborted) throw error;
        explain(error);
      }
    },
    // Made by its first use: its engine takes some 70 MB, and the worker does without.
    get prisma() {
      prisma ??= openPrisma(openConnections(url, log, options), explain);
      return prisma;
    },
    async close() {
      await Promise.all([changes.close(), prisma?.$disconnect(), pool.close()]);
    },
  };
}
