import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";
import type { Database, Logger } from "@/server/services";
import { listenForChanges } from "./change-listener";
import { openPool } from "./pool";

/** Connections to PostgreSQL for one process; `connections` is what each of the two pools may open, beside a listener. */
export function openDatabase(url: string, log: Logger, connections = 10): Database {
  let prisma: PrismaClient | undefined;
  const changes = listenForChanges(url, log);
  const pool = openPool(url, log, { connections });
  return {
    changes,
    query: pool.query,
    copy: pool.copy,
    // Made by its first use: its engine takes some 70 MB, and the worker does without.
    get prisma() {
      prisma ??= new PrismaClient({
        adapter: new PrismaPg({ connectionString: url, max: connections }),
        // Waiting for a connection is better than an error while many come at once.
        transactionOptions: { maxWait: 20_000, timeout: 20_000 },
      });
      return prisma;
    },
    async close() {
      await Promise.all([changes.close(), prisma?.$disconnect(), pool.close()]);
    },
  };
}
