const SECOND = 1_000;
/** More keys are not counted: an attacker could invent any number of them. */
const MAX_KEYS = 50_000;

/** Counts by key what happened in this second and the one before. Forgets the rest, so it needs no cleaning up. */
export class RecentCounts {
  #current = new Map<string, number>();
  #last = new Map<string, number>();
  #began = 0;

  /** @param now a time in milliseconds that only moves forward, such as `performance.now()` */
  add(key: string, now: number): void {
    this.#turn(now);
    const count = this.#current.get(key);
    if (count !== undefined || this.#current.size < MAX_KEYS) this.#current.set(key, (count ?? 0) + 1);
  }

  of(key: string, now: number): number {
    this.#turn(now);
    return (this.#current.get(key) ?? 0) + (this.#last.get(key) ?? 0);
  }

  #turn(now: number): void {
    const passed = Math.floor(now / SECOND) - this.#began;
    if (passed === 0) return;
    this.#last = passed === 1 ? this.#current : new Map();
    this.#current = new Map();
    this.#began += passed;
  }
}
