import type { NewEvent } from "@/schemas/events/event";
import { requireValidEvent } from "@/server/domain/event-schemas/require-valid-event";
import { newEventUuid } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { fingerprintOf } from "./event-fingerprint";

/**
 * Stores an event; resolves once it is committed.
 * @param options.idempotencyKey The same key with the same event is stored once within 24 hours. The same key with another
 * event, or for another organization, stores another event.
 * @param options.uuid The event's ID. Events with the same ID are stored once.
 * @throws DomainError `invalid_request` if the action's schema does not allow the event; `unavailable` if too many events
 * are queued
 */
export async function recordEvent(
  scope: OrganizationScope,
  event: NewEvent,
  options: { readonly idempotencyKey: string | null; readonly uuid?: string },
): Promise<"stored" | "replayed"> {
  await requireValidEvent(scope, event);
  return scope.events.write({
    id: options.uuid ?? newEventUuid(scope.now()),
    environmentPk: scope.environment.pk,
    organizationPk: scope.organization.pk,
    event,
    idempotencyKey:
      options.idempotencyKey === null ? null : fingerprintOf(scope.organization.pk, options.idempotencyKey, event),
  });
}
