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

/** Returns a command that requests the same export as the screen. */
export function exportCurl(origin: string, organizationId: string, filters: EventFiltersInput): string {
  const { from, to, exclude = {}, search } = filters;
  return curl(origin, "/audit_logs/exports", {
    organization_id: organizationId,
    range_start: from.toISOString(),
    range_end: to.toISOString(),
    ...wireFilters(filters),
    ...(FILTER_FIELDS.some((field) => exclude[field]?.length) && { exclude: wireFilters(exclude) }),
    ...(search && { search }),
  });
}

/** Returns the filters that have values, by their current names in the REST API. */
function wireFilters(filters: Partial<Record<FilterField, readonly string[] | undefined>>): Record<string, unknown> {
  const entries = FILTER_FIELDS.filter((field) => filters[field]?.length).map((field) => {
    return [Object.keys(EVENT_FILTER_FIELDS[field].wire).at(-1), filters[field]];
  });
  // `fromEntries` widens the values.
  return Object.fromEntries(entries) as Record<string, unknown>;
}
