import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds for which one request may keep all others of the process waiting. */
const SLICE = 4;

/**
 * Divides long synchronous work into slices, so that other requests run in between. Call `isOver` after every few
 * microseconds of work and, if it returns true, wait for `next`.
 */
export class TimeSlices {
  #started = performance.now();

  isOver(): boolean {
    return performance.now() - this.#started > SLICE;
  }

  /** Lets everything run that waits for the event loop, then begins the next slice. */
  async next(): Promise<void> {
    await nextTurn();
    this.#started = performance.now();
  }
}
