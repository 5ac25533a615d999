import type { PrismaClient } from "@/prisma/generated/client";
import type { Database } from "@/server/kernel/ports/database";
import type { Logger } from "@/server/kernel/ports/logger";
import { listenForChanges } from "./change-listener";
import { explainOutages } from "./outage";
import { openConnections, openPool, type ConnectionOptions } from "./pool";
import { openPrisma } from "./prisma";

/** Connections of a node that are not in these pools: see the table in docs/operations.md. */
const OTHER_CONNECTIONS = 15;
/** SQL and Prisma in the web process; SQL, Prisma and the runner's calls in the worker. */
const POOLS = 5;

/** Returns how many connections each pool of a node may open, so that web and worker together stay below `limit`. */
export function poolSize(limit: number): number {
  // A stream that ends early needs a second connection to cancel its statement.
  return Math.max(2, Math.min(10, Math.floor((limit - OTHER_CONNECTIONS) / POOLS)));
}

/** For requests: every statement ends in time, whatever happens to the database. */
export const FOR_REQUESTS: ConnectionOptions = {
  connections: 10,
  connectTimeout: 10_000,
  statementTimeout: 10_000,
  // PostgreSQL cancels the statement earlier, unless it or the network is down.
  queryTimeout: 15_000,
};

/** For background functions: statements may take any time. */
export const FOR_FUNCTIONS: ConnectionOptions = { connections: 10, connectTimeout: 20_000 };

/**
 * Opens the database for one process, with two pools of at most `connections` each and a connection that listens for
 * changes. If the database is unavailable or a statement takes too long, it fails with a DomainError `unavailable`.
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
    // Created on first use: its engine takes about 70 MB, and the worker does not need it.
    get prisma() {
      prisma ??= openPrisma(openConnections(url, log, options), explain);
      return prisma;
    },
    async close() {
      await Promise.all([changes.close(), prisma?.$disconnect(), pool.close()]);
    },
  };
}
