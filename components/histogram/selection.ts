/** One bar: what happened from `from` until before `to`. */
export interface Bucket {
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
  /** Whether there may be more than were counted. */
  readonly atLeast: boolean;
  /** About how many there are. */
  readonly estimate: number;
}

/** Neighbouring bars by their places: where the selecting began, and where it is now. */
export interface Selection {
  readonly anchor: number;
  readonly head: number;
}

/** Whether the bar in this place is one of them. */
export function isSelected({ anchor, head }: Selection, place: number): boolean {
  return place >= Math.min(anchor, head) && place <= Math.max(anchor, head);
}

/** The selected bars as if they were one; null when none of them is there any more. */
export function selectedBucket(buckets: readonly Bucket[], selection: Selection): Bucket | null {
  const selected = buckets.filter((_, place) => isSelected(selection, place));
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

/** The place of the bar at a share (0 to 1) of the width, which time runs through evenly; beyond the ends the bar there. */
export function placeAt(buckets: readonly Bucket[], share: number): number {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return 0;
  const moment = first.from.getTime() + share * (last.to.getTime() - first.from.getTime());
  const place = buckets.findIndex((bucket) => moment < bucket.to.getTime());
  return place < 0 ? buckets.length - 1 : place;
}

/**
 * The selection after an arrow, Home or End; with Shift the one end stays where it is. The first key selects the newest
 * bar. Null for any other key.
 */
export function moveSelection(
  selection: Selection | null,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  count: number,
): Selection | null {
  const newest = count - 1;
  const from = selection?.head ?? newest + (key === "ArrowLeft" ? 1 : 0);
  const places: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: newest };
  const place = places[key];
  if (place === undefined || count === 0) return null;
  const head = Math.min(Math.max(place, 0), newest);
  return { anchor: shiftKey && selection ? selection.anchor : head, head };
}
