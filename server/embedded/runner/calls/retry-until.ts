import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";

/**
 * Repeats `work` until it succeeds: a step that was done must not be done again because the database was away.
 * @throws the last error once `abandoned` is aborted.
 */
export async function insist<Result>(
  work: () => Promise<Result>,
  abandoned: AbortSignal,
  log: Logger,
): Promise<Result> {
  for (let pause = 100; ; pause = Math.min(pause * 2, 5000)) {
    try {
      return await work();
    } catch (error) {
      if (abandoned.aborted) throw error;
      log.warn({ err: error }, "database not reached, trying again");
      await delay(pause, undefined, { signal: abandoned }).catch(() => undefined);
    }
  }
}
