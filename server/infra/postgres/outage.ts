import { isDriverAdapterError } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { DomainError } from "@/server/kernel/errors";
import type { Logger } from "@/server/kernel/ports/logger";

const QUERY_CANCELED = "57014";
/** What Prisma's adapter makes of the failures of a socket; they carry no code of the database's. */
const SOCKET_KINDS: readonly string[] = [
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
];

/**
 * Connection exceptions, resources that ran out, shut-down and start-up, deadlocks, and a server that became read-only:
 * what says nothing of the statement. Nor does anything that is no answer of the database at all,
 * except a mistake of ours, which trying again does not mend.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof TypeError) return false;
  if (isDriverAdapterError(error) && SOCKET_KINDS.includes(error.cause.kind)) return true;
  const state = sqlState(error);
  return state === undefined || /^(08|40|53|57P|58)|^25006$|^55P03$/.test(state);
}

/** Whether the database gave a statement up because its time was over. */
export function isTimeOut(error: unknown): boolean {
  return sqlState(error) === QUERY_CANCELED;
}

/** Whether the database refused what it was given: a value that its type does not take, which trying again does not mend. */
export function isBadData(error: unknown): boolean {
  return sqlState(error)?.startsWith("22") ?? false;
}

/** Makes an outage and a time-out what callers can act on, and logs the reason; any other failure stays as it is. */
export function explainOutages(log: Logger): (error: unknown) => never {
  return (error) => {
    if (error instanceof DomainError) throw error;
    const message = isTimeOut(error)
      ? "The database took too long to answer. Try again in a moment."
      : "The database is not available at the moment. Try again in a moment.";
    if (!isTimeOut(error) && !isOutage(error)) throw error;
    log.warn({ error: String(error) }, "a statement failed for want of the database");
    throw unavailable(message);
  };
}

/** A failure that passes; with a time to come back. */
export function unavailable(message: string): DomainError {
  return new DomainError("unavailable", message, { headers: { "retry-after": "1" } });
}

/** The code that the database answered with; undefined where it did not answer. */
function sqlState(error: unknown): string | undefined {
  if (isDriverAdapterError(error)) return error.cause.originalCode ?? "";
  return error instanceof pg.DatabaseError ? (error.code ?? "") : undefined;
}
