import type { SupervisedProcess } from "./restart-supervisor";

type Name = "web" | "worker" | "postgres";

/** Clients stop before the server they use. Processes in the same group do not depend on each other and stop together. */
const stopOrder: readonly (readonly Name[])[] = [["web", "worker"], ["postgres"]];

/** The processes that this start has brought up so far. */
export class SupervisedProcesses {
  readonly #processes = new Map<Name, SupervisedProcess>();

  add(name: Name, supervised: SupervisedProcess): void {
    this.#processes.set(name, supervised);
  }

  /** Kills web and worker, so that their supervisors restart them with the current environment. */
  restartWebAndWorker(): void {
    this.#processes.get("web")?.kill();
    this.#processes.get("worker")?.kill();
  }

  async stop(): Promise<void> {
    for (const names of stopOrder) await Promise.all(names.map(async (name) => this.#processes.get(name)?.stop()));
  }

  kill(): void {
    for (const name of stopOrder.flat()) this.#processes.get(name)?.kill();
  }
}
