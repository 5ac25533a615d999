import { hash } from "node:crypto";
import type { EventParty, Metadata, NewEvent } from "@/schemas/events/event";

/**
 * Returns the fingerprint by which a repeated request is recognized: the SHA-256, in hex, of the idempotency key, the
 * organization and the whole event. The order of metadata keys does not count. Fingerprints are stored for 24 hours, so
 * they must never change: otherwise a request that is retried across an upgrade would store its event twice.
 */
export function fingerprintOf(organizationPk: number, key: string, event: NewEvent): string {
  const { action, actor, context, metadata, occurredAt, targets, version } = event;
  // The JSON of nested lists of names and values. Building the lists first and then serializing them takes twice as long.
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
