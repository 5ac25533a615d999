/** Where rows begin, in pixels from the first one, and in the last place where they end. */
export function topsOf(keys: readonly string[], heights: ReadonlyMap<string, number>, usual: number): number[] {
  const tops = [0];
  let top = 0;
  for (const key of keys) tops.push((top += heights.get(key) ?? usual));
  return tops;
}

/** The places of the rows that are at least partly between two heights, and of the pinned one wherever it is; in order. */
export function placesWithin(
  tops: readonly number[],
  { from, to, pinned }: { readonly from: number; readonly to: number; readonly pinned: number },
): number[] {
  const count = tops.length - 1;
  const places: number[] = [];
  for (let place = lastAtOrBefore(tops, from); place < count && (tops[place] ?? to) < to; place += 1)
    places.push(place);
  if (pinned >= 0 && pinned < count && !places.includes(pinned)) places.push(pinned);
  return places.toSorted((a, b) => a - b);
}

/** The last place that begins at a height or before it; the first one for what is above all. */
function lastAtOrBefore(tops: readonly number[], height: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return low;
}
