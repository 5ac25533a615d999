import type { Batch } from "./pending-event";

/**
 * Finds the events that the database rejects in a batch, by halving the batch until they are alone. PostgreSQL rejects a
 * whole statement for one bad value, and the other events of the batch must not fail with it. One bad event among 500
 * takes about 20 statements.
 */
export class Bisection {
  readonly #halves: Batch[] = [];

  get isEmpty(): boolean {
    return this.#halves.length === 0;
  }

  /** Adds both halves of a rejected batch, which has two events or more. */
  split(batch: Batch): void {
    const half = batch.length >> 1;
    this.#halves.push(batch.slice(0, half), batch.slice(half));
  }

  /** Removes and returns the half that has waited longest; an empty batch if there is none. */
  next(): Batch {
    return this.#halves.shift() ?? [];
  }

  /** Replaces each half with what `keep` returns for it. */
  filter(keep: (batch: Batch) => Batch): void {
    this.#halves.splice(0, this.#halves.length, ...this.#halves.map(keep));
  }
}
