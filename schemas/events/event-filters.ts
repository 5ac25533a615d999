import { z } from "zod";
import { LONGEST_SEARCH, MOST_VALUES } from "@/schemas/filter-limits";
import { moment } from "@/schemas/moment";
import { requiredText, storableText } from "@/schemas/text";

const values = z
  .array(requiredText(500))
  .max(MOST_VALUES, `must be at most ${MOST_VALUES} values`)
  .default([])
  .transform((list) => [...new Set(list)]);

const fields = {
  actions: values,
  actorIds: values,
  actorNames: values,
  /** Of one of the event's targets. */
  targetTypes: values,
  /** Of one of the event's targets. */
  targetIds: values,
};

/**
 * Which events a list, a count, a histogram or a file is about. Any of the values within one field, and all fields
 * together; an empty field does not filter. Texts are compared exactly, but for `search`.
 */
export const eventFilters = z
  .object({
    /** Inclusive. */
    from: moment,
    /** Exclusive, unless it equals `from`: then that one millisecond. */
    to: moment,
    ...fields,
    /** What is filtered out: events with any of the values in any of the fields. An actor without a name has none of them. */
    exclude: z.object(fields).prefault({}),
    /** In any case, somewhere within the action, the actor's id or name, or a target's id, type or name. */
    search: z.string().trim().pipe(storableText(LONGEST_SEARCH)).default(""),
  })
  .refine((filters) => filters.from <= filters.to, {
    path: ["to"],
    message: "must not be before the start of the range",
  });

export type EventFilters = z.output<typeof eventFilters>;
export type EventFiltersInput = z.input<typeof eventFilters>;

/** The fields that hold values rather than the range. */
export const FILTER_FIELDS = ["actions", "actorIds", "actorNames", "targetTypes", "targetIds"] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

const stored = z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).loose();

/** The form in which an export keeps its filters: the same, with dates as text; what an older one lacks does not filter. */
export const storedEventFilters = stored
  .transform((filters) => ({ ...filters, from: new Date(filters.from), to: new Date(filters.to) }))
  .pipe(eventFilters);
