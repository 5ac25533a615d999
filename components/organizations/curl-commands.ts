import type { EventFiltersInput } from "@/schemas/events/event-filters";

/** Objects down to this depth take a line per key; those within them stand on one line. */
const EXPANDED = 2;

function spelt(value: unknown, depth: number, indent = ""): string {
  if (depth === 0 || typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const lines = entries.map(
    ([key, each]) => `${indent}  ${JSON.stringify(key)}: ${spelt(each, depth - 1, `${indent}  `)}`,
  );
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** `key` as a shell reads it within double quotes. */
function curl(origin: string, path: string, body: object, key = "$TRAILPORT_API_KEY"): string {
  // A single quote ends the shell's string; this is how one is written inside it.
  const json = spelt(body, EXPANDED).replaceAll("'", `'\\''`);
  return [
    `curl -X POST ${origin}${path} \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${json}'`,
  ].join("\n");
}

/** A command that sends an event which happens now. */
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
 * A command that asks for the same export as the screen would: over the REST API where its filters can say it, and by
 * the procedure that the screens use themselves, to which an API key is open too, where they cannot. WorkOS has no
 * filter for target ids, for what is filtered out or for a search.
 */
export function exportCurl(origin: string, organizationId: string, filters: EventFiltersInput): string {
  const { from, to, actions, actorIds, actorNames, targetTypes, targetIds, exclude, search } = filters;
  const some = (values: string[] | undefined) => (values && values.length > 0 ? values : undefined);
  const texts = (values: EventFiltersInput["exclude"]) =>
    Object.fromEntries(Object.entries(values ?? {}).filter(([, list]) => list && list.length > 0));
  const out = texts(exclude);
  const range = { from: from.toISOString(), to: to.toISOString() };
  if (!some(targetIds) && Object.keys(out).length === 0 && !search)
    return curl(origin, "/audit_logs/exports", {
      organization_id: organizationId,
      range_start: range.from,
      range_end: range.to,
      actions: some(actions),
      actor_ids: some(actorIds),
      actor_names: some(actorNames),
      targets: some(targetTypes),
    });
  const wanted = texts({ actions, actorIds, actorNames, targetTypes, targetIds });
  return curl(origin, "/api/trpc/exports.request", {
    json: {
      organizationId,
      filters: { ...range, ...wanted, ...(Object.keys(out).length > 0 && { exclude: out }), ...(search && { search }) },
    },
    // Which of the texts are dates.
    meta: { values: { "filters.from": ["Date"], "filters.to": ["Date"] } },
  });
}
