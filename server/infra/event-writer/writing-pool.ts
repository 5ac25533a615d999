import { type ConnectionOptions, openPool, type Pool } from "@/server/infra/postgres/pool";
import type { Logger } from "@/server/kernel/ports/logger";
import { EVENT_TIMEOUT } from "@/server/kernel/timeouts";

/** How many batches are committed at the same time, each on its own connection, while the next batch fills. */
export const PARALLEL_COMMITS = 2;

/** An unresponsive connection times out together with its events. Retrying is safe: event IDs do not change. */
export const FOR_WRITING: ConnectionOptions = {
  connections: PARALLEL_COMMITS,
  connectTimeout: EVENT_TIMEOUT,
  queryTimeout: EVENT_TIMEOUT,
};

/** Opens connections for the event writer alone, so that events never wait behind a slow list. */
export function openWritingPool(url: string, log: Logger, options = FOR_WRITING): Pool {
  return openPool(url, log, options);
}
