import type { Logger } from "pino";
import { openConnections } from "@/server/infra/postgres/pool";
import { runnerFetch } from "./runner-fetch";

/** Opens `runnerFetch` with its own connections, for a process that only sends events. */
export function openRunnerFetch(
  databaseUrl: string,
  log: Logger,
): { readonly fetch: typeof fetch; close(): Promise<void> } {
  const pool = openConnections(databaseUrl, log, { connections: 3, connectTimeout: 5_000 });
  return { fetch: runnerFetch(pool), close: () => pool.end() };
}
