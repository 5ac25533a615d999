import type { AuditLogEvent, EventParty } from "@/schemas/events/event";
import { SHOWN_TARGETS } from "./filterable-values";

/** What a party is called: its name, or the best that is known instead. */
export function partyName(party: EventParty): string {
  if (party.name) return party.name;
  return party.type === "system" ? "System" : party.id;
}

/** The line below the actor: who exactly, and from where. */
export function actorLine({ actor, context }: AuditLogEvent): string {
  const id = actor.type === "system" && !actor.name ? "System" : actor.id;
  return [id, context.location].filter((part) => part !== "").join(" · ");
}

/** The line below the action: on what it was done. */
export function targetLine({ targets }: AuditLogEvent): string {
  const shown = targets.slice(0, SHOWN_TARGETS).map((target) => `${target.type} ${partyName(target)}`);
  const rest = targets.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
