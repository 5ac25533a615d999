import type { EventParty } from "./event";

/** The value of an event that a field is compared with. A target's field matches if any of the targets matches. */
type EventValue = "action" | `${PartyRole}.${keyof Omit<EventParty, "metadata">}`;
export type PartyRole = "actor" | "target";

interface FilterFieldRow {
  readonly value: EventValue;
  /** The name on the filter's button. */
  readonly label: string;
  /** The name within a sentence: "where *actor* is …". */
  readonly noun: string;
  /** The parameter in a page's address; with the prefix `not_` it excludes values. */
  readonly urlKey: string;
  /** The REST fields with their descriptions, the current name last. */
  readonly wire: Readonly<Record<string, string>>;
}

/**
 * The fields that filter events, in the order in which screens list them. Lists, exports, REST parameters, addresses and
 * menus derive from these rows. `server/domain/events/query/filter-columns.ts` has the database column of each field.
 */
export const EVENT_FILTER_FIELDS = {
  actions: {
    value: "action",
    label: "Action",
    noun: "action",
    urlKey: "action",
    wire: {
      actions: 'Action names. Like the other filters, this can also be a single string; null and `""` do not filter.',
    },
  },
  actorNames: {
    value: "actor.name",
    label: "Actor name",
    noun: "actor",
    urlKey: "actor",
    wire: { actors: "Older name of `actor_names`.", actor_names: "Actor names." },
  },
  actorIds: {
    value: "actor.id",
    label: "Actor ID",
    noun: "actor ID",
    urlKey: "actor_id",
    wire: { actor_ids: "Actor IDs." },
  },
  actorTypes: {
    value: "actor.type",
    label: "Actor type",
    noun: "actor type",
    urlKey: "actor_type",
    wire: { actor_types: "Specific to Trailport. Actor types, such as `user` or `system`." },
  },
  targetTypes: {
    value: "target.type",
    label: "Target type",
    noun: "target type",
    urlKey: "target_type",
    wire: { targets: "Target types." },
  },
  targetIds: {
    value: "target.id",
    label: "Target ID",
    noun: "target ID",
    urlKey: "target",
    wire: { target_ids: "Specific to Trailport. Target IDs." },
  },
} as const satisfies Readonly<Record<string, FilterFieldRow>>;

export type FilterField = keyof typeof EVENT_FILTER_FIELDS;

// The table has no keys besides its own, so `keyof` names all of them.
export const FILTER_FIELDS = Object.keys(EVENT_FILTER_FIELDS) as readonly FilterField[];

/** Builds an object with one value per filter field. */
export function perFilterField<Value>(valueOf: (field: FilterField) => Value): Record<FilterField, Value> {
  // `fromEntries` widens the keys to strings.
  return Object.fromEntries(FILTER_FIELDS.map((field) => [field, valueOf(field)])) as Record<FilterField, Value>;
}

/** Finds the field that filters by this value of an event. */
export function fieldOfValue(value: EventValue): FilterField | undefined {
  return FILTER_FIELDS.find((field) => EVENT_FILTER_FIELDS[field].value === value);
}
