import { z } from "zod";
import { parseTimestamp } from "@/schemas/timestamps";
import { textList } from "@/schemas/wire";
import { DomainError } from "@/server/kernel/errors";

/** The filters of exports and lists: any of the values within one field, and all fields together; exact. */
export const filterFields = {
  actions: textList.describe(
    "Names of actions. Here and below also one bare text; null and an empty text do not filter.",
  ),
  actors: textList.describe("The older spelling of `actor_names`."),
  actor_names: textList.describe("Names of actors."),
  actor_ids: textList.describe("Ids of actors."),
  targets: textList.describe("Types of targets."),
};

export const rangeStart = z.string().describe("Inclusive. Any ISO-8601 date and time; without an offset it is UTC.");
export const rangeEnd = z.string().describe("Exclusive, unless it equals the start.");

/** The wire's filters in the domain's words. */
export function filtersOf(wire: Readonly<Record<keyof typeof filterFields, readonly string[]>>) {
  return {
    actions: wire.actions,
    actorIds: wire.actor_ids,
    actorNames: [...wire.actors, ...wire.actor_names],
    targetTypes: wire.targets,
  };
}

/** @throws DomainError `invalid_request` with the contract's code, for dates that do not exist or stand the wrong way round */
export function rangeOf(start: string, end: string): { from: Date; to: Date } {
  const refuse = (message: string) =>
    new DomainError("invalid_request", message, { wireCode: "invalid_audit_log_export_range_date" });
  const from = parseTimestamp(start);
  const to = parseTimestamp(end);
  if (!from) throw refuse(`Invalid date range: range_start is not a date that exists: '${start.slice(0, 50)}'.`);
  if (!to) throw refuse(`Invalid date range: range_end is not a date that exists: '${end.slice(0, 50)}'.`);
  if (to < from) throw refuse("Invalid date range: range_end is before range_start.");
  return { from, to };
}
