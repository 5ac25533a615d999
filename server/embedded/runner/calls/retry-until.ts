import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";

/**
 * Retries `work` until it succeeds: an unavailable database must not cause a step that is done to be repeated.
 *
 * @throws the last error once `abandoned` aborts.
 */
export async function retryUntil<Result>(
  abandoned: AbortSignal,
  work: () => Promise<Result>,
  log: Logger,
): Promise<Result> {
  for (let delay = 100; ; delay = Math.min(delay * 2, 5000)) {
    try {
      return await work();
    } catch (error) {
      if (abandoned.aborted) throw error;
      log.warn({ err: error }, "database unavailable, retrying");
      await sleep(delay, undefined, { signal: abandoned }).catch(() => undefined);
    }
  }
}
