import type { Change, Database } from "@/server/kernel/ports/database";

interface Limits {
  /** How long an answer counts. */
  readonly milliseconds: number;
  /** Bounds the memory that hostile keys can take. */
  readonly most: number;
}

/**
 * Remembers what a look-up answered, so that thousands of requests a second ask the database once. Look-ups under way
 * are shared; failures are not remembered; what has been remembered longest makes room.
 */
export class ShortMemory<Value> {
  private readonly entries = new Map<string, { readonly since: number; readonly value: Promise<Value> }>();

  /** `syncedUntil` is the moment (`performance.now()`) up to which whatever is no longer true has been forgotten. */
  constructor(
    private readonly limits: Limits,
    private readonly syncedUntil = () => -Infinity,
  ) {}

  get(key: string, lookUp: () => Promise<Value>): Promise<Value> {
    const now = performance.now();
    const entry = this.entries.get(key);
    if (entry && Math.max(entry.since, this.syncedUntil()) > now - this.limits.milliseconds) return entry.value;
    this.makeRoom(key);
    const value = lookUp();
    this.entries.set(key, { since: now, value });
    value.catch(() => this.entries.delete(key));
    return value;
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  forgetAll(): void {
    this.entries.clear();
  }

  private makeRoom(key: string): void {
    this.entries.delete(key);
    if (this.entries.size < this.limits.most) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}

/** One memory per owner, such as a process's database; it goes when the owner goes. */
export function memoryPerOwner<Value>(limits: Limits): (owner: object) => ShortMemory<Value> {
  return perOwner(() => new ShortMemory<Value>(limits));
}

/** An answer is at most so much older than the database; as a rule it is older by one notification. */
const MOST_BEHIND = 1_000;

/**
 * One memory per database for what is read from rows of a kind, by the key that their changes are announced with. It is
 * told of changes by every process; while nothing is heard of them, an answer counts for a second.
 */
export function memoryOfRows<Value>(kind: Change["kind"], most: number): (db: Database) => ShortMemory<Value> {
  return perOwner((db: Database) => {
    const memory = new ShortMemory<Value>({ milliseconds: MOST_BEHIND, most }, () => db.changes.syncedUntil());
    db.changes.subscribe((change) => {
      if (change === "any") memory.forgetAll();
      else if (change.kind === kind) memory.forget(change.key);
    });
    return memory;
  });
}

function perOwner<Owner extends object, Memory>(make: (owner: Owner) => Memory): (owner: Owner) => Memory {
  const memories = new WeakMap<Owner, Memory>();
  return (owner) => {
    const memory = memories.get(owner) ?? make(owner);
    memories.set(owner, memory);
    return memory;
  };
}
