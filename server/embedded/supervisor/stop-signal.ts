import { watchNpm } from "./watch-npm";

/**
 * Returns a signal that aborts when the user first asks Trailport to stop. A second request more than a second later
 * calls `forceExit`. (Within a second it is npm's copy of the first.)
 */
export function listenForStop(forceExit: () => void): AbortSignal {
  const controller = new AbortController();
  let firstRequestAt = 0;
  const stop = () => {
    const now = performance.now();
    if (firstRequestAt === 0) {
      firstRequestAt = now;
      controller.abort();
    } else if (now - firstRequestAt > 1_000) forceExit();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // nohup ignores SIGHUP, but Node resets that. Without a terminal, losing the terminal is no reason to stop.
  process.on("SIGHUP", () => process.stdout.isTTY && stop());
  // The reader of the output may be gone.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  watchNpm(stop);
  return controller.signal;
}
