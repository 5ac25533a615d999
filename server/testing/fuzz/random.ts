/** Random choices. */
export interface Random {
  /** Returns an integer from 0 to `end` - 1. */
  below(end: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** Derives choices from a generator of numbers in [0, 1). */
export function randomFrom(next: () => number): Random {
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}
