/** Names that people use for a field and that do not resemble its name. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  actions: ["actionname", "actionnames", "event", "events", "eventname", "eventtype", "eventtypes"],
  targets: ["targettype", "targettypes"],
  search: ["q", "query", "text", "term"],
  range_start: ["from", "since", "start", "begin"],
  range_end: ["to", "until", "end"],
  limit: ["count", "pagesize", "perpage", "size", "first"],
  after: ["cursor", "page", "next", "offset", "startingafter"],
  before: ["previous", "endingbefore"],
  order: ["sort", "direction"],
  organization_id: ["org", "orgid", "tenant", "tenantid"],
  exclude: ["not", "without"],
};

/** Returns the known name that an unknown one most likely stands for, or undefined if nothing is known. */
export function nearestName(unknown: string, known: readonly string[]): string | undefined {
  const wanted = comparable(unknown);
  const synonym = known.find((name) => SYNONYMS[name]?.includes(wanted));
  if (synonym !== undefined) return synonym;
  const ranked = known.map((name) => ({ name, distance: distance(wanted, comparable(name)) }));
  return ranked.toSorted((one, other) => one.distance - other.distance)[0]?.name;
}

/** Spellings of one name, such as `targetIds`, `target-ids` and `target_ids`, are equal. */
function comparable(name: string): string {
  return name
    .slice(0, 60)
    .toLowerCase()
    .replaceAll(/[^a-z\d]/g, "");
}

/** The number of letters to insert, delete or replace; a name that begins or ends with the other is nearer. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let n = 0; n < one.length; n += 1) {
    const next = [n + 1];
    for (let m = 1; m <= other.length; m += 1) {
      const replaced = (row[m - 1] ?? 0) + (one[n] === other[m - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[m] ?? 0) + 1, (next[m - 1] ?? 0) + 1));
    }
    row = next;
  }
  const isPart = one !== "" && (other.startsWith(one) || one.startsWith(other) || other.endsWith(one));
  return (row[other.length] ?? 0) / (isPart ? 2 : 1);
}
