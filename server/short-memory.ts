/**
 * Remembers what a look-up answered for a moment, so that thousands of requests a second ask the database once; what
 * changed is seen by every process when the moment is over. Look-ups under way are shared; failures are not remembered.
 */
export class ShortMemory<Value> {
  private readonly entries = new Map<string, { readonly until: number; readonly value: Promise<Value> }>();

  /** `most` bounds the memory that hostile keys can take. */
  constructor(private readonly options: { readonly milliseconds: number; readonly most: number }) {}

  get(key: string, lookUp: () => Promise<Value>): Promise<Value> {
    const now = performance.now();
    const entry = this.entries.get(key);
    if (entry && entry.until > now) return entry.value;
    if (this.entries.size >= this.options.most) this.entries.clear();
    const value = lookUp();
    this.entries.set(key, { until: now + this.options.milliseconds, value });
    value.catch(() => this.entries.delete(key));
    return value;
  }
}

/** One memory per owner, such as a process's database; it goes when the owner goes. */
export function memoryPerOwner<Value>(options: {
  readonly milliseconds: number;
  readonly most: number;
}): (owner: object) => ShortMemory<Value> {
  const memories = new WeakMap<object, ShortMemory<Value>>();
  return (owner) => {
    const memory = memories.get(owner) ?? new ShortMemory<Value>(options);
    memories.set(owner, memory);
    return memory;
  };
}
