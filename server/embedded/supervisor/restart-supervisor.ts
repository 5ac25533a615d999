import { setTimeout as sleep } from "node:timers/promises";

export interface Running {
  /** Resolves, never rejects, when it has ended; says how, for people. */
  ended: Promise<string>;
  stop(): Promise<void>;
  /** Now, without order. */
  kill(): void;
}

export type Kept = Pick<Running, "stop" | "kill">;

const firstPause = 500;
const longestPause = 30_000;
/** After so long a life, the next end is a new story. */
const settled = 60_000;

/**
 * Starts something and starts it again whenever it ends by itself, after pauses that grow while it does not last.
 * The first start is the caller's to handle: it throws what `start` throws.
 */
export async function keepRunning(
  name: string,
  start: () => Promise<Running>,
  log: (line: string) => void,
): Promise<Kept> {
  const stopping = new AbortController();
  let current: Running | undefined = await start();
  const watch = async () => {
    let pause = firstPause;
    while (!stopping.signal.aborted) {
      const since = Date.now();
      const how = current === undefined ? "did not start" : await current.ended;
      if (stopping.signal.aborted) return;
      pause = Date.now() - since > settled ? firstPause : pause;
      log(`${name} ${how}; starting it again in ${pause / 1000} s`);
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      pause = Math.min(pause * 2, longestPause);
      current = await start().catch((error: Error) => {
        log(error.message);
        return undefined;
      });
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await current?.stop();
      await watching;
      // It may just have been started again.
      await current?.stop();
    },
    kill: () => current?.kill(),
  };
}
