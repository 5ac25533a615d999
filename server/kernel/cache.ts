export interface CacheLimits {
  /** Milliseconds for which an entry is valid. */
  readonly ttl: number;
  /** Bounds the memory that hostile keys can take. */
  readonly maxEntries: number;
}

/**
 * Caches what `load` returns, so that thousands of requests per second query the database once. Concurrent requests for a
 * key share one load, failures are not cached, and a full cache evicts its oldest entry.
 */
export class Cache<Value> {
  private readonly entries = new Map<string, { readonly since: number; readonly value: Promise<Value> }>();
  private hits = 0;
  private misses = 0;

  /**
   * @param syncedUntil returns the time (`performance.now()`) up to which outdated entries have been deleted; an entry's
   * TTL starts there.
   */
  constructor(
    private readonly limits: CacheLimits,
    private readonly syncedUntil = () => -Infinity,
  ) {}

  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const now = performance.now();
    const entry = this.entries.get(key);
    if (entry && Math.max(entry.since, this.syncedUntil()) > now - this.limits.ttl) {
      this.hits += 1;
      return entry.value;
    }
    this.misses += 1;
    this.evictFor(key);
    const value = load();
    this.entries.set(key, { since: now, value });
    value.catch(() => this.entries.delete(key));
    return value;
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }

  stats() {
    return { entries: this.entries.size, hits: this.hits, misses: this.misses };
  }

  private evictFor(key: string): void {
    this.entries.delete(key);
    if (this.entries.size < this.limits.maxEntries) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}
