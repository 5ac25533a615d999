import { z } from "zod";
import {
  EVENT_FILTER_FIELDS,
  FILTER_FIELDS,
  perFilterField,
  type FilterField,
} from "@/schemas/events/event-filter-fields";
import { parseTimestamp } from "@/schemas/timestamps";
import { textList } from "@/schemas/wire";
import { DomainError } from "@/server/kernel/errors";

/** The names of all request fields that filter events. */
type WireName = { [Field in FilterField]: keyof (typeof EVENT_FILTER_FIELDS)[Field]["wire"] }[FilterField];

/** Builds an object with one schema per request field that filters events. */
export function perWireFilter<Schema>(schemaOf: (texts: typeof textList) => Schema): Record<WireName, Schema> {
  const descriptions = FILTER_FIELDS.flatMap((field) => Object.entries(EVENT_FILTER_FIELDS[field].wire));
  const schemas = descriptions.map(([name, description]) => [name, schemaOf(textList.describe(description))]);
  // `fromEntries` widens the keys to strings.
  return Object.fromEntries(schemas) as Record<WireName, Schema>;
}

export const rangeStart = z.string().describe("Inclusive. ISO 8601; UTC if no offset.");
export const rangeEnd = z.string().describe("Exclusive, unless it equals `range_start`.");

/** Converts a request's filters to the domain's. A field with several names gets the values of all of them. */
export function filtersOf(wire: Readonly<Record<WireName, readonly string[]>>): Record<FilterField, string[]> {
  return perFilterField((field) => {
    // The row of a field has no other keys.
    const names = Object.keys(EVENT_FILTER_FIELDS[field].wire) as WireName[];
    return names.flatMap((name) => wire[name]);
  });
}

/** @throws DomainError `invalid_request` with WorkOS's code if a date does not exist or the range ends before it starts */
export function rangeOf(start: string, end: string): { from: Date; to: Date } {
  const invalidRange = (message: string) =>
    new DomainError("invalid_request", message, { wireCode: "invalid_audit_log_export_range_date" });
  const from = parseTimestamp(start);
  const to = parseTimestamp(end);
  if (!from) throw invalidRange(`Invalid date range: range_start is not a date that exists: '${start.slice(0, 50)}'.`);
  if (!to) throw invalidRange(`Invalid date range: range_end is not a date that exists: '${end.slice(0, 50)}'.`);
  if (to < from) throw invalidRange("Invalid date range: range_end is before range_start.");
  return { from, to };
}
