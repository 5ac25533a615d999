import { z } from "zod";
import {
  EVENT_FILTER_FIELDS,
  FILTER_FIELDS,
  perFilterField,
  type FilterField,
} from "@/schemas/events/event-filter-fields";
import { ALL_TIME } from "@/schemas/limits";
import { isDateOnly, parseTimestamp } from "@/schemas/timestamps";
import { textList } from "@/schemas/wire";
import { DomainError } from "@/server/kernel/errors";

const DAY = 86_400_000;

/** The names of all request fields that filter events. */
export type WireName = { [Field in FilterField]: keyof (typeof EVENT_FILTER_FIELDS)[Field]["wire"] }[FilterField];

// `entries` widens the names to strings.
const WIRE_FILTERS = FILTER_FIELDS.flatMap((field) => Object.entries(EVENT_FILTER_FIELDS[field].wire)) as [
  name: WireName,
  description: string,
][];

/** Builds an object with one value per request field that filters events. */
export function perWireFilter<Value>(valueOf: (name: WireName, description: string) => Value): Record<WireName, Value> {
  // `fromEntries` widens the keys to strings.
  return Object.fromEntries(WIRE_FILTERS.map(([name, text]) => [name, valueOf(name, text)])) as Record<WireName, Value>;
}

/** The filters as fields of a body. */
export const bodyFilters = perWireFilter((_, description) => textList.describe(description));

export const rangeStart = z
  .string()
  .describe("Inclusive. ISO 8601; UTC if no offset. A date without a time is its midnight.");
export const rangeEnd = z
  .string()
  .describe(
    "Exclusive, unless it equals `range_start`: then the range is that millisecond or, for a date without a time, that day.",
  );

/** Excluded values, by the names of the filters. */
export const exclude = z
  .preprocess((value) => (isAbsent(value) ? {} : value), z.object(bodyFilters))
  .describe(
    "Specific to Trailport. Leaves out events that have any of these values. Has the same fields as the filters.",
  );
export const searchText = z
  .string()
  .describe(
    "Specific to Trailport. A part of the action, of the actor's ID or name, or of a target's ID, type or name.",
  );

/** Whether no object is given. PHP sends an empty one as `[]`. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Converts a request's filters to the domain's. A field with several names gets the values of all of them. */
export function filtersOf(wire: Readonly<Record<WireName, readonly string[]>>): Record<FilterField, string[]> {
  return perFilterField((field) => {
    // The row of a field has no other keys.
    const names = Object.keys(EVENT_FILTER_FIELDS[field].wire) as WireName[];
    return names.flatMap((name) => wire[name]);
  });
}

/**
 * Returns the request's name of a filter, for a path in what `filtersOf` and `rangeOf` returned: errors use the sender's
 * spelling.
 * @param nameExcluded the path to an excluded filter's name
 */
export function senderFilterPath(
  path: readonly PropertyKey[],
  value: unknown,
  nameExcluded: (name: string) => readonly string[] = (name) => ["exclude", name],
): readonly PropertyKey[] {
  const [first, second, third] = path;
  if (first !== "filters" || second === undefined) return path;
  if (second === "from") return ["range_start"];
  if (second === "to") return ["range_end"];
  const isExcluded = second === "exclude";
  const field = FILTER_FIELDS.find((each) => each === (isExcluded ? third : second));
  if (field === undefined) return [second];
  const pathOf = isExcluded ? nameExcluded : (name: string) => [name];
  const names = Object.keys(EVENT_FILTER_FIELDS[field].wire);
  // `filtersOf` joins the values of all names.
  const sent = names.flatMap((name) => textList.safeParse(valueAt(value, pathOf(name))).data?.map(() => name) ?? []);
  const place = path.findLast((segment) => typeof segment === "number") ?? 0;
  return pathOf(sent[place] ?? names.at(-1) ?? field);
}

/** Returns the value at a path of the request, or undefined. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (outer, name) =>
      typeof outer === "object" && outer !== null && Object.hasOwn(outer, name)
        ? (outer as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}

/**
 * Parses a range. As in JavaScript, PHP and Ruby, and in WorkOS's own example for PHP, a day after the end of its month
 * is one of the next month: `2022-06-31` is 1 July.
 * @throws DomainError `invalid_request` with WorkOS's code if a date does not exist or the range ends before it starts
 */
export function rangeOf(start: string, end: string): { from: Date; to: Date } {
  const invalidRange = (message: string) =>
    new DomainError("invalid_request", message, { wireCode: "invalid_audit_log_export_range_date" });
  const from = parseTimestamp(start, "roll over");
  const to = parseTimestamp(end, "roll over");
  if (!from) throw invalidRange(`Invalid date range: range_start is not a date that exists: '${start.slice(0, 50)}'.`);
  if (!to) throw invalidRange(`Invalid date range: range_end is not a date that exists: '${end.slice(0, 50)}'.`);
  if (to < from) throw invalidRange("Invalid date range: range_end is before range_start.");
  if (to > from || !isDateOnly(end)) return { from, to };
  // From a date to the same date: that day. The end is exclusive, so the range would be empty otherwise.
  return { from, to: new Date(Math.min(from.getTime() + DAY, ALL_TIME.to.getTime())) };
}
