import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/prisma/generated/client";
import { DomainError } from "@/server/errors";
import type { Database, Logger } from "@/server/services";
import { listenForChanges } from "./change-listener";

const QUERY_CANCELED = "57014";
const JSON_OID = pg.types.builtins.JSON;

/** JSON as the text that was stored: an export copies it, and parsing is the reader's choice. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === JSON_OID ? (text: string) => text : pg.types.getTypeParser(oid, format)),
};

/** Connections to PostgreSQL for one process; `connections` is what each of the two pools may open, beside a listener. */
export function openDatabase(url: string, log: Logger, connections = 10): Database {
  let prisma: PrismaClient | undefined;
  const changes = listenForChanges(url, log);
  const pool = new pg.Pool({ connectionString: url, max: connections, types });
  // A connection that breaks while idle is replaced by the next use; without a listener it would end the process.
  pool.on("error", (error) => log.warn({ error: error.message }, "an idle database connection broke"));

  return {
    changes,
    // Made by its first use: its engine takes some 70 MB, and the worker does without.
    get prisma() {
      prisma ??= new PrismaClient({
        adapter: new PrismaPg({ connectionString: url, max: connections }),
        // Waiting for a connection is better than an error while many come at once.
        transactionOptions: { maxWait: 20_000, timeout: 20_000 },
      });
      return prisma;
    },
    async query<Row>(sql: string, values: readonly unknown[], options?: { timeout?: number }) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        if (options?.timeout === undefined) return (await client.query(sql, [...values])).rows as Row[];
        await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${Math.ceil(options.timeout)}`);
        const { rows } = await client.query(sql, [...values]);
        await client.query("COMMIT");
        return rows as Row[];
      } catch (error) {
        // The connection may be in the middle of something: it is closed rather than reused.
        broken = error instanceof Error ? error : new Error(String(error));
        if (error instanceof pg.DatabaseError && error.code === QUERY_CANCELED) {
          throw new DomainError("unavailable", "The search took too long. Narrow the time range or add a filter.");
        }
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async close() {
      await Promise.all([changes.close(), prisma?.$disconnect(), pool.end()]);
    },
  };
}
