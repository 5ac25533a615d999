export interface CacheLimits<Value = unknown> {
  /** Milliseconds for which an entry is valid. */
  readonly ttl: number;
  /** Bounds the memory that hostile keys can take. */
  readonly maxEntries: number;
  /** Bounds the memory that large values can take: the most that the sizes of all entries may add up to. */
  readonly maxSize?: number;
  /** The size of a value, in the unit of `maxSize`. */
  readonly sizeOf?: (value: Value) => number;
}

interface Entry<Value> {
  readonly since: number;
  readonly value: Promise<Value>;
  /** 0 until the value is loaded. */
  size: number;
}

/**
 * Caches what `load` returns, so that thousands of requests per second query the database once. Concurrent requests for a
 * key share one load, failures are not cached, and a full cache evicts its oldest entry.
 */
export class Cache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();
  private size = 0;
  private hits = 0;
  private misses = 0;

  /**
   * @param syncedUntil returns the time (`performance.now()`) up to which outdated entries have been deleted; an entry's
   * TTL starts there.
   */
  constructor(
    private readonly limits: CacheLimits<Value>,
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
    const added = { since: now, value, size: 0 };
    this.entries.set(key, added);
    value.then(
      (loaded) => this.measure(key, added, loaded),
      () => this.entries.get(key) === added && this.delete(key),
    );
    return value;
  }

  delete(key: string): void {
    this.size -= this.entries.get(key)?.size ?? 0;
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
    this.size = 0;
  }

  stats() {
    return { entries: this.entries.size, hits: this.hits, misses: this.misses };
  }

  private evictFor(key: string): void {
    this.delete(key);
    if (this.entries.size >= this.limits.maxEntries) this.evictOldest();
  }

  private evictOldest(): void {
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.delete(oldest);
  }

  /** Evicts the oldest entries until all fit; an entry that is larger than the whole cache is evicted, too. */
  private measure(key: string, entry: Entry<Value>, value: Value): void {
    const { sizeOf, maxSize = Infinity } = this.limits;
    // The entry may have been replaced while its value was loading.
    if (!sizeOf || this.entries.get(key) !== entry) return;
    entry.size = sizeOf(value);
    this.size += entry.size;
    while (this.size > maxSize) this.evictOldest();
  }
}
