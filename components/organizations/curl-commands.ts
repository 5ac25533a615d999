import { EVENT_FILTER_FIELDS, FILTER_FIELDS, type FilterField } from "@/schemas/events/event-filter-fields";
import type { EventFiltersInput } from "@/schemas/events/event-filters";

/** Objects down to this depth print one key per line. Deeper objects stay on one line. */
const EXPANDED_DEPTH = 2;

function toJson(value: unknown, depth: number, indent = ""): string {
  if (depth === 0 || typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const lines = entries.map(
    ([key, each]) => `${indent}  ${JSON.stringify(key)}: ${toJson(each, depth - 1, `${indent}  `)}`,
  );
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** Builds a curl command. The shell expands `key` inside double quotes. */
function curl(origin: string, path: string, body: object, key = "$TRAILPORT_API_KEY"): string {
  // A single quote would end the shell string, so it is escaped as '\''.
  const json = toJson(body, EXPANDED_DEPTH).replaceAll("'", `'\\''`);
  return [
    `curl -X POST ${origin}${path} \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${json}'`,
  ].join("\n");
}

/** Returns a command that sends an event dated `now`. */
export function firstEventCurl(origin: string, organizationId: string, now: Date, key: string): string {
  const body = {
    organization_id: organizationId,
    event: {
      action: "user.signed_in",
      occurred_at: now.toISOString(),
      actor: { id: "user_1", type: "user", name: "Ada Lovelace" },
      targets: [{ id: "team_1", type: "team", name: "Platform" }],
      context: { location: "203.0.113.7", user_agent: "curl" },
    },
  };
  return curl(origin, "/audit_logs/events", body, key);
}

/**
 * Returns a command that requests the same export as the screen. It calls the REST API if that API supports all filters
 * in use. It has no filters for target IDs, excluded values or search, so with those the command calls the tRPC procedure
 * that the screens use, which accepts API keys too.
 */
export function exportCurl(origin: string, organizationId: string, filters: EventFiltersInput): string {
  const { from, to, exclude = {}, search } = filters;
  const range = { from: from.toISOString(), to: to.toISOString() };
  const fields = FILTER_FIELDS.filter((field) => filters[field]?.length);
  const excludedFields = FILTER_FIELDS.filter((field) => exclude[field]?.length);
  if (fields.every(wireName) && excludedFields.length === 0 && !search)
    return curl(origin, "/audit_logs/exports", {
      organization_id: organizationId,
      range_start: range.from,
      range_end: range.to,
      ...Object.fromEntries(fields.map((field) => [wireName(field), filters[field]])),
    });
  return curl(origin, "/api/trpc/exports.request", {
    json: {
      organizationId,
      filters: {
        ...range,
        ...Object.fromEntries(fields.map((field) => [field, filters[field]])),
        ...(excludedFields.length > 0 && {
          exclude: Object.fromEntries(excludedFields.map((field) => [field, exclude[field]])),
        }),
        ...(search && { search }),
      },
    },
    // Tells the server which strings are dates.
    meta: { values: { "filters.from": ["Date"], "filters.to": ["Date"] } },
  });
}

/** The current name of the field in the REST API, if it has one there. */
function wireName(field: FilterField): string | undefined {
  return Object.keys(EVENT_FILTER_FIELDS[field].wire).at(-1);
}
