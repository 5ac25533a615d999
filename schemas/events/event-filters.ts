import { z } from "zod";
import { MAX_FILTER_VALUES, MAX_SEARCH_LENGTH } from "@/schemas/limits";
import { requiredText, storableText } from "@/schemas/text";
import { timestamp } from "@/schemas/timestamps";
import { perFilterField } from "./event-filter-fields";

const values = z
  .array(requiredText(500))
  .max(MAX_FILTER_VALUES, `must be at most ${MAX_FILTER_VALUES} values`)
  .default([])
  .transform((list) => [...new Set(list)]);

const fields = perFilterField(() => values);

/**
 * Selects the events of a list, a count, a histogram or an export. An event must match every field that has values, and
 * matches a field if it has any of the field's values. Values are compared exactly; only `search` ignores case, like `foldCase`.
 */
export const eventFilters = z
  .object({
    /** Inclusive. */
    from: timestamp,
    /** Exclusive, unless it equals `from`: then the range is that one millisecond. */
    to: timestamp,
    ...fields,
    /** Excludes events that have any of these values. An actor without a name matches no excluded name. */
    exclude: z.object(fields).prefault({}),
    /** A part of the action, of the actor's ID or name, or of a target's ID, type or name. */
    search: z.string().trim().pipe(storableText(MAX_SEARCH_LENGTH)).default(""),
  })
  .refine((filters) => filters.from <= filters.to, {
    path: ["to"],
    message: "must not be before the start of the range",
  });

export type EventFilters = z.output<typeof eventFilters>;
export type EventFiltersInput = z.input<typeof eventFilters>;

const stored = z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).loose();

/** Reads the filters that an export stores as JSON. A field that an older version did not store does not filter. */
export const storedEventFilters = stored
  .transform((filters) => ({ ...filters, from: new Date(filters.from), to: new Date(filters.to) }))
  .pipe(eventFilters);
