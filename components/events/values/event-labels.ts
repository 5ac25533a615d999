import type { AuditLogEvent, EventParty } from "@/schemas/events/event";
import { SHOWN_TARGETS } from "./filterable-values";

/** Returns the display name of an actor or target: its name, “System”, or its ID. */
export function partyName(party: EventParty): string {
  if (party.name) return party.name;
  return party.type === "system" ? "System" : party.id;
}

/** Returns the line below the actor's name: its ID and IP address. */
export function actorLine({ actor, context }: AuditLogEvent): string {
  const id = actor.type === "system" && !actor.name ? "System" : actor.id;
  return [id, context.location].filter((part) => part !== "").join(" · ");
}

/** Returns the line below the action: its first targets and how many more there are. */
export function targetLine({ targets }: AuditLogEvent): string {
  const shown = targets.slice(0, SHOWN_TARGETS).map((target) => `${target.type} ${partyName(target)}`);
  const rest = targets.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
