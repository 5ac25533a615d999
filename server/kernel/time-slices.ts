/** Milliseconds for which requests with long work may together keep all others of the process waiting. */
const SLICE = 2;

/** Those who wait for their next slice. One gets it per turn of the event loop; otherwise each of them would prolong a turn. */
const waiting: (() => void)[] = [];

function startNext(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(startNext);
}

/**
 * Divides long synchronous work into slices, so that other requests run in between. Call `isOver` after every few
 * microseconds of work and, if it returns true, wait for `next`.
 */
export class TimeSlices {
  /** While others wait, the first slice is over at once. */
  #ends = waiting.length > 0 ? 0 : performance.now() + SLICE;

  isOver(): boolean {
    return performance.now() > this.#ends;
  }

  /** Lets everything run that waits for the event loop, and others' slices, then begins the next slice. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      waiting.push(() => {
        this.#ends = performance.now() + SLICE;
        resolve();
      });
      if (waiting.length === 1) setImmediate(startNext);
    });
  }
}
