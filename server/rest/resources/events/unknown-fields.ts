import { EVENT_FIELDS } from "@/schemas/events/event-body";
import type { Warning } from "./warning";

const MAX_WARNINGS = 20;
const MAX_NAME_LENGTH = 100;

/** Fields that senders often mean by other names. The names are in lower case, without separators. */
const MEANT: readonly (readonly [field: string, names: readonly string[]])[] = [
  ["organization_id", ["organizationid", "organization", "orgid", "tenantid"]],
  ["event.action", ["action", "eventname", "eventtype", "type", "name"]],
  ["event.occurred_at", ["occurredat", "timestamp", "time", "date", "datetime", "createdat", "happenedat"]],
  ["event.version", ["version", "schemaversion"]],
  ["event.actor", ["actor", "user", "userid", "actorid", "actortype", "actorname"]],
  ["event.targets", ["targets", "target", "resource", "resources", "targetid", "targettype", "targetname"]],
  [
    "event.context.location",
    ["location", "ip", "ipaddress", "ipaddr", "clientip", "remoteip", "sourceip", "remoteaddr"],
  ],
  ["event.context.user_agent", ["useragent", "agent", "ua"]],
  ["event.metadata", ["metadata", "meta", "data", "details", "properties", "extra", "attributes"]],
];
const FIELD_MEANT = new Map(MEANT.flatMap(([field, names]) => names.map((name) => [name, field] as const)));
/** Names that a person or a thing has itself, so that they mean no field elsewhere. */
const PARTY_FIELD_MEANT = new Map([
  ["displayname", "name"],
  ["fullname", "name"],
  ["identifier", "id"],
  ["uid", "id"],
  ["kind", "type"],
  ["meta", "metadata"],
  ["data", "metadata"],
  ["attributes", "metadata"],
  ["properties", "metadata"],
]);

/**
 * Returns a warning for each field of an accepted body that no event has. WorkOS ignores such fields, so they cannot be
 * rejected; but what they contain is lost. Costs little without such fields, because it runs for every event.
 */
export function unknownFieldWarnings(body: unknown): readonly Warning[] | undefined {
  const found = new Warnings();
  // Accepted bodies have these parts.
  const { event } = body as { event: { actor: object; targets: readonly object[]; context: object } };
  found.collect(body as object, EVENT_FIELDS.body, "");
  found.collect(event, EVENT_FIELDS.event, "event.");
  found.collect(event.actor, EVENT_FIELDS.party, "event.actor.");
  for (let n = 0; n < event.targets.length; n += 1) {
    found.collect(event.targets[n] ?? {}, EVENT_FIELDS.party, `event.targets.${n}.`);
  }
  found.collect(event.context, EVENT_FIELDS.context, "event.context.");
  return found.all;
}

class Warnings {
  all: Warning[] | undefined;

  collect(part: object, known: ReadonlySet<string>, prefix: string): void {
    for (const name in part) {
      if (known.has(name) || isEmpty((part as Readonly<Record<string, unknown>>)[name])) continue;
      this.all ??= [];
      if (this.all.length >= MAX_WARNINGS) return;
      const field = prefix + name.slice(0, MAX_NAME_LENGTH);
      this.all.push({ code: "unknown_field", field, message: messageFor(name, prefix) });
    }
  }
}

function messageFor(name: string, prefix: string): string {
  const comparable = name
    .slice(0, MAX_NAME_LENGTH)
    .toLowerCase()
    .replaceAll(/[^a-z\d]/g, "");
  const isParty = prefix.startsWith("event.actor") || prefix.startsWith("event.targets");
  const ofParty = isParty ? PARTY_FIELD_MEANT.get(comparable) : undefined;
  const meant = ofParty === undefined ? FIELD_MEANT.get(comparable) : prefix + ofParty;
  const advice = meant
    ? `did you mean '${meant}'?`
    : `to keep the value, put it into '${isParty ? prefix : "event."}metadata'`;
  return `is not a field of an event and was not stored; ${advice}`;
}

/** Whether nothing is lost without the value. */
function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "";
}
