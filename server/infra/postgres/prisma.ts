import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory, Transaction } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { unavailable } from "./outage";

/** Opens Prisma on a pool, which it also closes. `explain` translates the error of a failed statement. */
export function openPrisma(pool: pg.Pool, explain: (error: unknown) => never): PrismaClient {
  const client = new PrismaClient({
    adapter: adaptPool(pool, explain),
    // Under load, waiting for a connection is better than an error.
    transactionOptions: { maxWait: 20_000, timeout: 20_000 },
  });
  const extended = client.$extends({
    query: { $allOperations: ({ args, query }) => query(args).catch(restore) },
  });
  // The extended client lacks only `$on`, which we do not use.
  return extended as unknown as PrismaClient;
}

/** Restores our own errors: Prisma wraps every error that has a code in its own, with an excerpt of the source code. */
function restore(error: unknown): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "unavailable") throw error;
  throw unavailable(error.message.split("\n").at(-1) ?? "");
}

function adaptPool(pool: pg.Pool, explain: (error: unknown) => never): SqlDriverAdapterFactory {
  const factory = new PrismaPg(pool, { disposeExternalPool: true });
  const { provider, adapterName } = factory;
  return {
    provider,
    adapterName,
    async connect() {
      const adapter = await factory.connect();
      return {
        provider,
        adapterName,
        queryRaw: (query) => adapter.queryRaw(query).catch(explain),
        executeRaw: (query) => adapter.executeRaw(query).catch(explain),
        executeScript: (script) => adapter.executeScript(script).catch(explain),
        startTransaction: async (level) =>
          explainTransaction(await adapter.startTransaction(level).catch(explain), explain),
        getConnectionInfo: () => adapter.getConnectionInfo(),
        dispose: () => adapter.dispose(),
      };
    },
  };
}

function explainTransaction(transaction: Transaction, explain: (error: unknown) => never): Transaction {
  const { provider, adapterName, options } = transaction;
  return {
    provider,
    adapterName,
    options,
    queryRaw: (query) => transaction.queryRaw(query).catch(explain),
    executeRaw: (query) => transaction.executeRaw(query).catch(explain),
    commit: () => transaction.commit().catch(explain),
    rollback: () => transaction.rollback().catch(explain),
    createSavepoint: async (name) => transaction.createSavepoint?.(name).catch(explain),
    rollbackToSavepoint: async (name) => transaction.rollbackToSavepoint?.(name).catch(explain),
    releaseSavepoint: async (name) => transaction.releaseSavepoint?.(name).catch(explain),
  };
}
