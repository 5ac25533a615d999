/** Returns a generator of numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Picks an item; all are equally likely. */
export function pick<Item>(random: () => number, list: readonly [Item, ...Item[]]): Item {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

/** Picks an item with the probability of its weight. */
export function pickWeighted<Item extends { readonly weight: number }>(
  random: () => number,
  list: readonly [Item, ...Item[]],
): Item {
  let rest = random() * list.reduce((sum, each) => sum + each.weight, 0);
  return list.find((each) => (rest -= each.weight) < 0) ?? list[0];
}
