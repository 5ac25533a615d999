import type { NewEvent } from "@/schemas/events/event";
import { requireValidEvent } from "@/server/domain/event-schemas/require-valid-event";
import { newEventUuid } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { fingerprintOf } from "./event-fingerprint";

/**
 * Stores an event; resolves once it is committed. With a key, the same key and the same event within 24 hours is
 * stored once; the same key with another event, or for another organization, is another event. With a `uuid`, the event
 * takes it for its own, and is stored once under it.
 * @throws DomainError `invalid_request` for an event that its schema does not allow; `unavailable` when
 * too many events are waiting
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
