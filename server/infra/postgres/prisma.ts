import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory, Transaction } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { unavailable } from "./outage";

/** Prisma over a pool of ours, which it closes with itself; `explain` says what a failed statement means. */
export function openPrisma(pool: pg.Pool, explain: (error: unknown) => never): PrismaClient {
  const client = new PrismaClient({
    adapter: adapterOver(pool, explain),
    // Waiting for a connection is better than an error while many come at once.
    transactionOptions: { maxWait: 20_000, timeout: 20_000 },
  });
  const extended = client.$extends({
    query: { $allOperations: ({ args, query }) => query(args).catch(restore) },
  });
  // It has everything that the client has, but for `$on`, which nobody uses.
  return extended as unknown as PrismaClient;
}

/** Prisma makes an error of its own, with a page of source, of whatever has a code: what we said is said again. */
function restore(error: unknown): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "unavailable") throw error;
  throw unavailable(error.message.split("\n").at(-1) ?? "");
}

function adapterOver(pool: pg.Pool, explain: (error: unknown) => never): SqlDriverAdapterFactory {
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
        startTransaction: async (level) => explained(await adapter.startTransaction(level).catch(explain), explain),
        getConnectionInfo: () => adapter.getConnectionInfo(),
        dispose: () => adapter.dispose(),
      };
    },
  };
}

function explained(transaction: Transaction, explain: (error: unknown) => never): Transaction {
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
