import type { EventParty } from "@/schemas/event";
import { parseTargets } from "@/server/domain/events/event-row";
import { inert } from "./formula";

/** A single target without metadata or special characters, as most events have: read without parsing. */
const PLAIN = /^\[\{"id":"([^"\\|]*)","type":"([^"\\|]*)","name":(?:null|"([^"\\|]*)"),"metadata":null\}\]$/;
const MARKED = /[|\\]/;
const EVERY_MARKED = /[|\\]/g;

/** The cells `targets`, `target_ids`, `target_types` and `target_names` for the JSON that was stored. */
export function targetCells(json: string): string[] {
  const plain = PLAIN.exec(json);
  if (plain) return [json, inert(plain[1] ?? ""), inert(plain[2] ?? ""), inert(plain[3] ?? "")];
  const targets = parseTargets(json);
  return [json, inert(joined(targets, "id")), inert(joined(targets, "type")), inert(joined(targets, "name"))];
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
