import type { CellGroup } from "./read-page";

/** Characters that are kept, of groups and lines together; what is longer begins anew. */
const MOST = 2_000_000;

/**
 * What was written for groups of cells, to be written again where the same group comes again: actions, actors and
 * contexts repeat, and looking one up takes a fraction of writing it.
 */
export class RememberedLines {
  #lines = new Map<string, string>();
  #characters = 0;

  constructor(private readonly write: (groups: readonly CellGroup[]) => string[]) {}

  /** The line of each group. */
  of(groups: readonly CellGroup[]): string[] {
    const lines = groups.map((group) => (typeof group === "string" ? this.#lines.get(group) : undefined));
    const missing = groups.filter((_, n) => lines[n] === undefined);
    if (missing.length > 0) this.#fill(lines, this.write(missing), groups);
    // Every gap has been filled.
    return lines as string[];
  }

  #fill(lines: (string | undefined)[], written: string[], groups: readonly CellGroup[]): void {
    let next = 0;
    for (const [n, group] of groups.entries()) {
      if (lines[n] !== undefined) continue;
      const line = written[next] ?? "";
      next += 1;
      lines[n] = line;
      if (typeof group === "string") this.#keep(group, line);
    }
  }

  #keep(group: string, line: string): void {
    this.#characters += group.length + line.length;
    if (this.#characters > MOST) {
      this.#lines.clear();
      this.#characters = group.length + line.length;
    }
    this.#lines.set(copyOf(group), copyOf(line));
  }
}

/** A part of a text keeps the whole of it in memory, here a page of rows. */
function copyOf(part: string): string {
  return Buffer.from(part).toString();
}
