import type { EventParty } from "@/schemas/events/event";
import { parseTargets } from "@/server/domain/events/query/event-row";

/** Returns the cells `targets`, `target_ids`, `target_types` and `target_names` for the stored JSON. */
export function targetCells(json: string): string[] {
  const targets = parseTargets(json);
  return [json, joined(targets, "id"), joined(targets, "type"), joined(targets, "name")];
}

/** Joins one field of all targets, in their order, separated by `|`. A `\` escapes each `|` and `\` in a value. */
function joined(targets: readonly EventParty[], field: "id" | "type" | "name"): string {
  return targets.map((target) => (target[field] ?? "").replaceAll(/[|\\]/g, String.raw`\$&`)).join("|");
}
