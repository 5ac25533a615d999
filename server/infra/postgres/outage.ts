import { isDriverAdapterError } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { DomainError } from "@/server/kernel/errors";
import type { Logger } from "@/server/kernel/ports/logger";

const QUERY_CANCELED = "57014";
/** How Prisma's adapter names socket errors, which have no SQLSTATE. */
const SOCKET_KINDS: readonly string[] = [
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
];

/**
 * Returns whether an error says nothing about the statement: connection errors, exhausted resources, shutdown and startup,
 * deadlocks, a server that became read-only, and errors that PostgreSQL did not send. A TypeError is a bug of ours, which
 * a retry does not fix.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof TypeError) return false;
  if (isDriverAdapterError(error) && SOCKET_KINDS.includes(error.cause.kind)) return true;
  const state = sqlState(error);
  return state === undefined || /^(08|40|53|57P|58)|^25006$|^55P03$/.test(state);
}

/** Returns whether PostgreSQL canceled a statement because of its timeout. */
export function isTimeout(error: unknown): boolean {
  return sqlState(error) === QUERY_CANCELED;
}

/** Returns whether PostgreSQL rejected a value that its type does not allow, which a retry does not fix. */
export function isBadData(error: unknown): boolean {
  return sqlState(error)?.startsWith("22") ?? false;
}

/** Returns a function that logs outages and timeouts and throws them as DomainError `unavailable`, and other errors as is. */
export function explainOutages(log: Logger): (error: unknown) => never {
  return (error) => {
    if (error instanceof DomainError) throw error;
    const message = isTimeout(error)
      ? "The database took too long to respond. Try again in a few seconds."
      : "The database is unavailable. Try again in a few seconds.";
    if (!isTimeout(error) && !isOutage(error)) throw error;
    log.warn({ error: String(error) }, "statement failed: database unavailable");
    throw unavailable(message);
  };
}

/** Creates an error for a temporary failure, with a time to retry. */
export function unavailable(message: string): DomainError {
  return new DomainError("unavailable", message, { headers: { "retry-after": "1" } });
}

/** Returns PostgreSQL's error code (SQLSTATE); undefined if PostgreSQL did not send the error. */
function sqlState(error: unknown): string | undefined {
  if (isDriverAdapterError(error)) return error.cause.originalCode ?? "";
  return error instanceof pg.DatabaseError ? (error.code ?? "") : undefined;
}
