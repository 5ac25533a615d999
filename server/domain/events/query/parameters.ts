/** Collects the values of an SQL statement. Each method returns the placeholder of the value that it adds. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }

  time(value: Date): string {
    return this.add(value.toISOString(), "timestamptz");
  }
}
