// Keeps one process running: restarts it whenever it exits without being told to.
//
//   RUNNING    the process runs. It exits: → WAITING.
//   WAITING    sleeps for the restart delay (0.5 s, doubled by each restart up to 30 s; a process that ran for more than
//              a minute resets it): → STARTING.
//   STARTING   calls `start`. It succeeds: → RUNNING. It fails: logs the reason, → WAITING.
//   STOPPED    final. stop() leads here from every state: it stops a running process, interrupts the delay, and waits
//              for a start that is in progress in order to stop that process as well.
//
// The first start happens before the first state: its failure is the caller's to handle.
import { setTimeout as sleep } from "node:timers/promises";

export interface RunningProcess {
  /** Resolves when the process has exited, with how it exited, for example "exited with code 1". Never rejects. */
  exited: Promise<string>;
  /** Shuts down gracefully. */
  stop(): Promise<void>;
  /** Kills at once. */
  kill(): void;
}

export type SupervisedProcess = Pick<RunningProcess, "stop" | "kill">;

const initialDelay = 500;
const maxDelay = 30_000;
/** A process that ran this long resets the restart backoff. */
const stableAfter = 60_000;

/**
 * Starts a process and restarts it until `stop` is called.
 *
 * @throws what `start` throws if the first start fails.
 */
export async function supervise(
  name: string,
  start: () => Promise<RunningProcess>,
  log: (line: string) => void,
): Promise<SupervisedProcess> {
  const stopping = new AbortController();
  let current: RunningProcess | undefined = await start();
  const restartUntilStopped = async () => {
    let delay = initialDelay;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const exit = current === undefined ? "did not start" : await current.exited;
      if (stopping.signal.aborted) return;
      delay = performance.now() - startedAt > stableAfter ? initialDelay : delay;
      log(`${name} ${exit}; restarting in ${delay / 1000} s`);
      await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      delay = Math.min(delay * 2, maxDelay);
      current = await start().catch((error: Error) => {
        log(error.message);
        return undefined;
      });
    }
  };
  const restarts = restartUntilStopped();
  return {
    async stop() {
      stopping.abort();
      await current?.stop();
      await restarts;
      // A start that was in progress may have finished in the meantime.
      await current?.stop();
    },
    kill: () => current?.kill(),
  };
}
