import type { Kept } from "./restart-supervisor";

type Part = "web" | "worker" | "postgres";

/** Those who ask stop before those who answer; what does not ask one another stops at the same time. */
const stopOrder: readonly (readonly Part[])[] = [["web", "worker"], ["postgres"]];

/** What a start has brought up so far. */
export class Parts {
  readonly #running = new Map<Part, Kept>();

  add(part: Part, kept: Kept): void {
    this.#running.set(part, kept);
  }

  /** Ends web and worker at once; they are started again, with the environment as it is then. */
  recycle(): void {
    this.#running.get("web")?.kill();
    this.#running.get("worker")?.kill();
  }

  async stop(): Promise<void> {
    for (const parts of stopOrder) await Promise.all(parts.map(async (part) => this.#running.get(part)?.stop()));
  }

  kill(): void {
    for (const part of stopOrder.flat()) this.#running.get(part)?.kill();
  }
}
