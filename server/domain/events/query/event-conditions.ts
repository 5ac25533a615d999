import type { FilterField } from "@/schemas/events/event-filter-fields";
import type { EventSelection } from "./event-source";
import type { Parameters } from "./parameters";

type TextField = Exclude<FilterField, "targetTypes" | "targetIds">;

export const COLUMN = { actions: "e.action", actorIds: "e.actor_id", actorNames: "e.actor_name" } as const;
export const ARRAY_COLUMN = { targetTypes: "e.target_types", targetIds: "e.target_ids" } as const;

/** The organization, the range and where to go on: what every index in order of time answers. */
export function rangeConditions(selection: EventSelection, parameters: Parameters): string[] {
  const { filters, after, receivedBefore } = selection;
  const list = [`e.organization_pk = ${parameters.add(selection.organizationPk, "int")}`];
  const from = parameters.time(filters.from);
  if (filters.from.getTime() === filters.to.getTime()) list.push(`e.occurred_at = ${from}`);
  else list.push(`e.occurred_at >= ${from}`, `e.occurred_at < ${parameters.time(filters.to)}`);

  if (after) {
    const sign = selection.order === "newest first" ? "<" : ">";
    const occurredAt = parameters.time(after.occurredAt);
    // The second says nothing new, but partitions are left out by a plain comparison only.
    list.push(
      `(e.occurred_at, e.id) ${sign} (${occurredAt}, ${parameters.add(after.uuid, "uuid")})`,
      `e.occurred_at ${sign}= ${occurredAt}`,
    );
  }
  if (receivedBefore) list.push(`e.received_at < ${parameters.time(receivedBefore)}`);
  return list;
}

/** What the filters ask of a row beside the range and the driver; each is looked at row by row, by no index. */
export function filterConditions({ filters, driver }: EventSelection, parameters: Parameters): string[] {
  const list: string[] = [];
  const texts = (values: readonly string[]) => parameters.add(values, "text[]");
  for (const field of ["actions", "actorIds", "actorNames"] as const satisfies readonly TextField[]) {
    // Concatenated, so that no index on the column is thought of: its rows would be sorted anew for every page.
    const column = `${COLUMN[field]} || ''`;
    if (field !== driver && filters[field].length > 0) list.push(`${column} = ANY(${texts(filters[field])})`);
    const out = filters.exclude[field];
    if (out.length > 0) list.push(`(${column} = ANY(${texts(out)})) IS NOT TRUE`);
  }
  for (const field of ["targetTypes", "targetIds"] as const) {
    const column = `${ARRAY_COLUMN[field]} || '{}'`;
    if (field !== driver && filters[field].length > 0) list.push(`${column} && ${texts(filters[field])}`);
    const out = filters.exclude[field];
    if (out.length > 0) list.push(`NOT ${column} && ${texts(out)}`);
  }
  if (filters.search !== "") list.push(searchCondition(filters.search, parameters));
  return list;
}

/** Both sides are put into lower case by the database, so that its rules hold for both. */
function searchCondition(search: string, parameters: Parameters): string {
  const wanted = `lower(${parameters.add(search, "text")})`;
  const has = (expression: string) => `strpos(lower(${expression}), ${wanted}) > 0`;
  // As it stands within JSON, where quotes, backslashes and control characters are escaped: most rows without it in a
  // target are passed over without their JSON being taken apart.
  const escaped = `lower(${parameters.add(JSON.stringify(search).slice(1, -1), "text")})`;
  return `(${has("e.action")} OR ${has("e.actor_id")} OR coalesce(${has("e.actor_name")}, false) OR (
    strpos(lower(e.targets::text), ${escaped}) > 0 AND EXISTS (
      SELECT FROM json_to_recordset(e.targets) AS target(id text, type text, name text)
      WHERE ${has("target.id")} OR ${has("target.type")} OR ${has("target.name")})))`;
}
