import pg from "pg";
import { describeDatabase } from "@/server/kernel/database-url";

/** What to do about an error that PostgreSQL or a pooler sends when someone connects, by SQLSTATE. */
const BY_STATE: Readonly<Record<string, (message: string) => string>> = {
  "28P01": () => "the server rejected the user or the password",
  "28000": (message) =>
    /no encryption|SSL off/i.test(message)
      ? `the server requires TLS or rejects this host (${message}). For TLS, add ?sslmode=verify-full or ?sslmode=require to the URL`
      : `the server rejected the user (${message})`,
  "3D000": (message) => `${message}. Create it: docs/operations.md, "Database roles"`,
  "42501": (message) => `${message}. Run: GRANT CONNECT ON DATABASE … TO …`,
  "53300": (message) => `${message}. Raise max_connections, or lower DATABASE_CONNECTIONS`,
};

/** What to do about an error of TLS, by Node's error code. */
const BY_CODE: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "sslrootcert must name a file with the certificate of the authority that signed it",
  SELF_SIGNED_CERT_IN_CHAIN: "sslrootcert must name a file with the certificate of the authority that signed it",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "sslrootcert must name a file with the certificate of the authority that signed it",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "sslrootcert must name a file with the certificate of the authority that signed it",
  UNABLE_TO_GET_ISSUER_CERT: "sslrootcert must name a file with the certificate of the authority that signed it",
  CERT_HAS_EXPIRED: "replace the server's certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "connect by a name in the server's certificate",
};

/**
 * Explains in one line why a connection failed.
 * @param variable the environment variable that contains the URL, of which the line shows everything but the password
 */
export function connectionProblem(error: unknown, variable: string, databaseUrl: string): Error {
  return new Error(`${variable}: could not connect to ${describeDatabase(databaseUrl)}: ${reasonOf(error)}`);
}

function reasonOf(error: unknown): string {
  // A host with several addresses fails with an error per address and without a message of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return String(first);
  const message = first.message.split("\n")[0] ?? "";
  if (first instanceof pg.DatabaseError) return BY_STATE[first.code ?? ""]?.(message) ?? message;
  // Node's system errors have these fields.
  const { code = "", path, syscall } = first as NodeJS.ErrnoException;
  if (syscall === "open" || syscall === "read") return `the file ${path ?? ""} can't be read (${code})`;
  if (/client password must be a/.test(message)) return "the server requires a password, and the URL has none";
  if (/does not support SSL/.test(message)) return "the server has TLS turned off. Turn it on, or use sslmode=disable";
  if (BY_CODE[code]) return `the server's certificate was rejected (${code}): ${BY_CODE[code]}`;
  if (/^ERR_(SSL|OSSL|TLS)/.test(code)) return `TLS failed: ${message} (${code})`;
  return message || code;
}
