/** One bar: the events from `from` up to but not including `to`. */
export interface Bucket {
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
  /** Whether `count` is a lower bound. */
  readonly atLeast: boolean;
  /** Estimated number of events. */
  readonly estimate: number;
}

/** A run of adjacent bars by index: where the selection began, and where it is now. */
export interface Selection {
  readonly anchor: number;
  readonly head: number;
}

/** Returns whether the bar at this index is selected. */
export function isSelected({ anchor, head }: Selection, index: number): boolean {
  return index >= Math.min(anchor, head) && index <= Math.max(anchor, head);
}

/** Merges the selected bars into one, or returns null if none of them exists any longer. */
export function selectedBucket(buckets: readonly Bucket[], selection: Selection): Bucket | null {
  const selected = buckets.filter((_, index) => isSelected(selection, index));
  const [first, last] = [selected[0], selected.at(-1)];
  if (!first || !last) return null;
  const sum = (of: (bucket: Bucket) => number) => selected.reduce((total, bucket) => total + of(bucket), 0);
  return {
    from: first.from,
    to: last.to,
    count: sum((bucket) => bucket.count),
    atLeast: selected.some((bucket) => bucket.atLeast),
    estimate: sum((bucket) => bucket.estimate),
  };
}

/** Returns the index of the bar at a share (0 to 1) of the chart's width. Outside of that, returns the first or last bar. */
export function indexAt(buckets: readonly Bucket[], share: number): number {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return 0;
  const time = first.from.getTime() + share * (last.to.getTime() - first.from.getTime());
  const index = buckets.findIndex((bucket) => time < bucket.to.getTime());
  return index < 0 ? buckets.length - 1 : index;
}

/**
 * Returns the selection after an arrow key, Home or End, or null for any other key. Shift keeps the anchor. The first key
 * selects the newest bar.
 */
export function moveSelection(
  selection: Selection | null,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  count: number,
): Selection | null {
  const newest = count - 1;
  const from = selection?.head ?? newest + (key === "ArrowLeft" ? 1 : 0);
  const targets: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: newest };
  const target = targets[key];
  if (target === undefined || count === 0) return null;
  const head = Math.min(Math.max(target, 0), newest);
  return { anchor: shiftKey && selection ? selection.anchor : head, head };
}
