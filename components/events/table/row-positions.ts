/** Returns each row's top in pixels from the first row, and as the last element the bottom of the last row. */
export function topsOf(keys: readonly string[], heights: ReadonlyMap<string, number>, defaultHeight: number): number[] {
  const tops = [0];
  let top = 0;
  for (const key of keys) tops.push((top += heights.get(key) ?? defaultHeight));
  return tops;
}

/** Returns, in order, the indexes of the rows that are at least partly between two heights, and of the pinned row. */
export function rowsWithin(
  tops: readonly number[],
  { from, to, pinned }: { readonly from: number; readonly to: number; readonly pinned: number },
): number[] {
  const count = tops.length - 1;
  const indexes: number[] = [];
  for (let index = lastAtOrBefore(tops, from); index < count && (tops[index] ?? to) < to; index += 1)
    indexes.push(index);
  if (pinned >= 0 && pinned < count && !indexes.includes(pinned)) indexes.push(pinned);
  return indexes.toSorted((a, b) => a - b);
}

/** Returns the last row whose top is at or above a height, or the first row if none is. */
function lastAtOrBefore(tops: readonly number[], height: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return low;
}
