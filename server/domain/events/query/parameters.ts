/** Gathers the values of a statement; answers the placeholder of each. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }

  time(value: Date): string {
    return this.add(value.toISOString(), "timestamptz");
  }
}
