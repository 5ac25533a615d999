import type { EventParty } from "@/schemas/event";
import { parseTargets } from "@/server/domain/events/event-row";
import { inert } from "./formula";

const MARKED = /[|\\]/;
const EVERY_MARKED = /[|\\]/g;

/** The cells `targets`, `target_ids`, `target_types` and `target_names` for the JSON that was stored. */
export function targetCells(json: string): string[] {
  const targets = parseTargets(json);
  return [json, joined(targets, "id"), joined(targets, "type"), joined(targets, "name")];
}

/** One cell for a value of each target, in their order: separated by `|`, with `\` before each `|` or `\` of a value. */
function joined(targets: readonly EventParty[], field: "id" | "type" | "name"): string {
  let text = "";
  let separator = "";
  for (const target of targets) {
    const value = target[field] ?? "";
    text += separator + (MARKED.test(value) ? value.replaceAll(EVERY_MARKED, String.raw`\$&`) : value);
    separator = "|";
  }
  return text;
}

const VALUE = String.raw`""([^"\\|,\r\n\ufeff]*)""`;
/** One target without metadata or special characters, as nearly all are, with the quotes of its JSON doubled. */
const PLAIN = new RegExp(
  String.raw`[\[,]\{""id"":${VALUE},""type"":${VALUE},""name"":(?:null|${VALUE}),""metadata"":null\}`,
  "y",
);

/**
 * The same cells, written for a file of comma-separated values without parsing, from JSON with its quotes doubled; null
 * where one of them needs a closer look.
 */
export function plainTargetCells(doubled: string): string | null {
  let [ids, types, names, separator] = ["", "", "", ""];
  let end = 0;
  PLAIN.lastIndex = 0;
  for (let target = PLAIN.exec(doubled); target; target = PLAIN.exec(doubled)) {
    const [, id = "", type = "", name = ""] = target;
    ids += separator + id;
    types += separator + type;
    names += separator + name;
    separator = "|";
    end = PLAIN.lastIndex;
  }
  if (end === 0 || end !== doubled.length - 1 || !isPlain(ids) || !isPlain(types) || !isPlain(names)) return null;
  return `"${doubled}",${ids},${types},${names}`;
}

/** Whether a cell without special characters is written as it is: no formula, and no blank at its ends. */
function isPlain(cell: string): boolean {
  return cell === "" || (inert(cell) === cell && !cell.startsWith(" ") && !cell.endsWith(" "));
}
