import { z } from "zod";

const EXAMPLE = "postgresql://user:password@host:5432/database";
/** The values of `sslmode`: those of psql except `allow`, and `no-verify`, which the driver also knows. */
const TLS_MODES = ["disable", "prefer", "require", "verify-ca", "verify-full", "no-verify"];

/** The URL of a PostgreSQL database. A rejected value never appears in the message: it may contain a password. */
export const databaseUrl = z.string().superRefine((text, context) => {
  const problem = problemOf(text);
  if (problem !== null) context.addIssue({ code: "custom", message: problem });
});

function problemOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return `must be a URL such as ${EXAMPLE}`;
  // A password that contains "/", "?" or "#" ends the host early, and its rest becomes the path, query or hash.
  if (/@/.test(url.pathname + url.search + url.hash) || !isDecodable(url))
    return "has a special character in its user name or password: write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25";
  const { searchParams } = url;
  if (!["", "public", null].includes(searchParams.get("schema")))
    return "names a schema, but Trailport's tables are in the schemas public, log and runner of a database of their own: remove schema=…";
  const mode = searchParams.get("sslmode");
  if (mode !== null && !TLS_MODES.includes(mode)) return `must have one of these as sslmode: ${TLS_MODES.join(", ")}`;
  if (mode === "verify-ca" && !searchParams.get("sslrootcert"))
    return "needs sslrootcert=/path/to/ca.pem with sslmode=verify-ca";
  return null;
}

function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    return [username, password, pathname].every((part) => decodeURIComponent(part) !== null);
  } catch {
    return false;
  }
}

/** Describes a valid URL as `user@host:port/database`, for messages. */
export function describeDatabase(text: string): string {
  const { username, hostname, port, pathname, searchParams } = new URL(text);
  const user = searchParams.get("user") ?? decodeURIComponent(username);
  const host = searchParams.get("host") ?? hostname;
  return `${user}@${host}:${searchParams.get("port") ?? (port || "5432")}${decodeURIComponent(pathname)}`;
}
