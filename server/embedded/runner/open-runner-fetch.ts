import pg from "pg";
import type { Logger } from "pino";
import { runnerFetch } from "./runner-fetch";

/** Opens `runnerFetch` with its own connections, for a process that only sends events. */
export function openRunnerFetch(
  databaseUrl: string,
  log: Logger,
): { readonly fetch: typeof fetch; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 3, connectionTimeoutMillis: 5_000 });
  pool.on("error", (error) => log.warn({ error: error.message }, "idle database connection lost"));
  return { fetch: runnerFetch(pool), close: () => pool.end() };
}
