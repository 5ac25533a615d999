import { hash } from "node:crypto";
import type { EventParty, Metadata, NewEvent } from "@/schemas/events/event";

/**
 * SHA-256, in hex, of what makes a repeated request one event: the key, the organization and all of the event, in
 * whatever order the keys of its metadata came. Stored for 24 hours, so whatever would give the same request another
 * fingerprint would double what is sent again across an upgrade.
 */
export function fingerprintOf(organizationPk: number, key: string, event: NewEvent): string {
  const { action, actor, context, metadata, occurredAt, targets, version } = event;
  // JSON of nested lists of names and values, put together by hand: made from such lists it takes twice as long.
  const fields =
    `["action",${quote(action)}],["actor",${party(actor)}],` +
    `["context",[["location",${quote(context.location)}],["userAgent",${quote(context.userAgent)}]]],` +
    `["metadata",${entries(metadata)}],["occurredAt",${quote(occurredAt)}],` +
    `["targets",[${targets.map(party).join(",")}]],["version",${version}]`;
  return hash("sha256", `[${organizationPk},${quote(key)},[${fields}]]`, "hex");
}

function party({ id, metadata, name, type }: EventParty): string {
  return `[["id",${quote(id)}],["metadata",${entries(metadata)}],["name",${quote(name)}],["type",${quote(type)}]]`;
}

function entries(metadata: Metadata | null): string {
  if (metadata === null) return "null";
  const keys = Object.keys(metadata).toSorted();
  return `[${keys.map((key) => `[${quote(key)},${quote(metadata[key])}]`).join(",")}]`;
}

const quote = JSON.stringify;
