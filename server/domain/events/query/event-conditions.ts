import { FILTER_FIELDS } from "@/schemas/events/event-filter-fields";
import { textSearch } from "@/server/domain/search/text-search";
import type { EventSelection } from "./event-selection";
import { FILTER_COLUMNS } from "./filter-columns";
import type { Parameters } from "./parameters";

/** Returns the conditions that every index in order of time answers: the organization, the range and the starting point. */
export function rangeConditions(selection: EventSelection, parameters: Parameters): string[] {
  const { filters, after, receivedBefore } = selection;
  const list = [`e.organization_pk = ${parameters.add(selection.organizationPk, "int")}`];
  const from = parameters.time(filters.from);
  if (filters.from.getTime() === filters.to.getTime()) list.push(`e.occurred_at = ${from}`);
  else list.push(`e.occurred_at >= ${from}`, `e.occurred_at < ${parameters.time(filters.to)}`);

  if (after) {
    const sign = selection.order === "newest first" ? "<" : ">";
    const occurredAt = parameters.time(after.occurredAt);
    // The second condition follows from the first, but PostgreSQL skips partitions only by a plain comparison.
    list.push(
      `(e.occurred_at, e.id) ${sign} (${occurredAt}, ${parameters.add(after.uuid, "uuid")})`,
      `e.occurred_at ${sign}= ${occurredAt}`,
    );
  }
  if (receivedBefore) list.push(`e.received_at < ${parameters.time(receivedBefore)}`);
  return list;
}

/** Returns the conditions of all filters except the leading one. They are checked row by row, without an index. */
export function filterConditions({ filters, leadingFilter }: EventSelection, parameters: Parameters): string[] {
  const list: string[] = [];
  const texts = (values: readonly string[]) => parameters.add(values, "text[]");
  for (const field of FILTER_FIELDS) {
    const { kind, column } = FILTER_COLUMNS[field];
    const included = field === leadingFilter ? [] : filters[field];
    const excluded = filters.exclude[field];
    // Each column is concatenated with an empty value, so that the planner does not consider the column's index: it would
    // have to sort the rows of that index for every page.
    if (kind === "text") {
      if (included.length > 0) list.push(`${column} || '' = ANY(${texts(included)})`);
      if (excluded.length > 0) list.push(`(${column} || '' = ANY(${texts(excluded)})) IS NOT TRUE`);
    } else {
      if (included.length > 0) list.push(`${column} || '{}' && ${texts(included)}`);
      if (excluded.length > 0) list.push(`NOT ${column} || '{}' && ${texts(excluded)}`);
    }
  }
  if (filters.search !== "") list.push(searchCondition(filters.search, parameters));
  return list;
}

function searchCondition(search: string, parameters: Parameters): string {
  const { isIn, isInJson } = textSearch(search, (text) => parameters.add(text, "text"));
  // Searching the JSON text first skips most rows without a match in their targets before PostgreSQL parses their JSON.
  return `(${isIn("e.action")} OR ${isIn("e.actor_id")} OR coalesce(${isIn("e.actor_name")}, false) OR (
    ${isInJson("e.targets::text")} AND EXISTS (
      SELECT FROM json_to_recordset(e.targets) AS target(id text, type text, name text)
      WHERE ${isIn("target.id")} OR ${isIn("target.type")} OR ${isIn("target.name")})))`;
}
