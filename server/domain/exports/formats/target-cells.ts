import type { EventParty } from "@/schemas/events/event";
import { parseTargets } from "@/server/domain/events/query/event-row";

/** The cells `targets`, `target_ids`, `target_types` and `target_names` for the JSON that was stored. */
export function targetCells(json: string): string[] {
  const targets = parseTargets(json);
  return [json, joined(targets, "id"), joined(targets, "type"), joined(targets, "name")];
}

/** One cell for a value of each target, in their order: separated by `|`, with `\` before each `|` or `\` of a value. */
function joined(targets: readonly EventParty[], field: "id" | "type" | "name"): string {
  return targets.map((target) => (target[field] ?? "").replaceAll(/[|\\]/g, String.raw`\$&`)).join("|");
}
