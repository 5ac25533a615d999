import { Cache, type CacheLimits } from "./cache";
import type { Change, Changes } from "./ports/database";

/** Declares state that each process has once, such as a cache or a budget; `Caches.of` creates it on first use. */
export interface StateDefinition<State> {
  /** Unique in the code base; the `cache` label in `/metrics`. */
  readonly name: string;
  readonly create: (changes: Changes) => { readonly state: State; readonly stats: () => CacheStats };
}

/** The size of a cache or another state; only caches count hits and misses. */
interface CacheStats {
  readonly entries: number;
  readonly hits?: number;
  readonly misses?: number;
}

/** Declares a cache whose entries expire after a fixed time. */
export function defineCache<Value>({
  name,
  ...limits
}: CacheLimits<Value> & { readonly name: string }): StateDefinition<Cache<Value>> {
  return { name, create: () => ofCache(new Cache<Value>(limits)) };
}

/** Milliseconds by which an entry may be older than the database; usually it is one notification behind. */
const MAX_STALENESS = 1_000;

/**
 * Declares a cache of what is read from rows of one kind, by the key of their `Change`. Whichever process changes a row,
 * its entry is deleted; while notifications do not arrive, entries are valid for one second.
 */
export function defineRowCache<Value>(definition: {
  readonly name: string;
  readonly kind: Change["kind"];
  readonly maxEntries: number;
}): StateDefinition<Cache<Value>> {
  const { name, kind, maxEntries } = definition;
  return {
    name,
    create(changes) {
      const cache = new Cache<Value>({ ttl: MAX_STALENESS, maxEntries }, () => changes.syncedUntil());
      changes.subscribe((change) => {
        if (change === "any") cache.clear();
        else if (change.kind === kind) cache.delete(change.key);
      });
      return ofCache(cache);
    },
  };
}

function ofCache<Value>(cache: Cache<Value>) {
  return { state: cache, stats: () => cache.stats() };
}

/** Declares other state of a process; `entries` returns its size. */
export function defineState<State>(definition: {
  readonly name: string;
  readonly create: () => State;
  readonly entries: (state: State) => number;
}): StateDefinition<State> {
  const { name, create, entries } = definition;
  return {
    name,
    create() {
      const state = create();
      return { state, stats: () => ({ entries: entries(state) }) };
    },
  };
}

/** What `/metrics` shows of one cache or other state. */
export type CacheMetric = CacheStats & { readonly name: string };

/**
 * Holds all caches and budgets of one process. `live-services.ts` creates one per process, and everything in the process
 * shares it: the REST API, the pages (whose bundle has its own copy of every module, which is why states are found by
 * name) and the functions. Copies of `services` or `db` keep using the same states. The process listens to PostgreSQL's
 * notifications only once a row cache is used, so a worker that uses none needs no connection for them.
 */
export class Caches {
  private readonly states = new Map<string, { readonly state: unknown; readonly stats: () => CacheStats }>();

  constructor(private readonly changes: Changes) {}

  of<State>(definition: StateDefinition<State>): State {
    let known = this.states.get(definition.name);
    if (!known) this.states.set(definition.name, (known = definition.create(this.changes)));
    // A name belongs to one definition, so its state has the definition's type.
    return known.state as State;
  }

  stats(): CacheMetric[] {
    return [...this.states].map(([name, { stats }]) => ({ name, ...stats() }));
  }
}
