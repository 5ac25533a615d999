import { hash } from "node:crypto";
import type { NewEvent } from "@/schemas/event";
import { requireValidEvent } from "@/server/domain/event-schemas/require-valid-event";
import { newEventUuid } from "@/server/ids";
import type { OrganizationScope } from "@/server/services";

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
      options.idempotencyKey === null ? null : fingerprint(scope.organization.pk, event, options.idempotencyKey),
  });
}

function fingerprint(organizationPk: number, event: NewEvent, key: string): string {
  return hash("sha256", JSON.stringify([organizationPk, key, canonical(event)]), "hex");
}

/** The same value for the same event, in whatever order its keys came. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, canonical(inner)]);
}
