import type { AuditLogEvent } from "@/schemas/events/event";
import type { EventFilters } from "@/schemas/events/event-filters";
import type { Page } from "@/schemas/paging";
import { recordView } from "@/server/domain/activity/record-view";
import { keysetPage, type KeysetPage, type KeysetRequest } from "@/server/domain/paging/keyset-page";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { decodeEventKey, encodeEventKey } from "@/server/domain/events/query/event-key";
import { type StoredEvent, toEvent } from "@/server/domain/events/query/event-row";
import { findEvents, type FoundEvents } from "@/server/domain/events/query/find-events";

/** A machine waits longer than a person: its page is short only after a million rows were looked at. */
const LOOKS_OF_A_MACHINE = 50;

export interface EventPageRequest {
  readonly filters: EventFilters;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

export interface EventPage extends Page<AuditLogEvent> {
  /**
   * Set when the page is short, or empty, because enough was looked at for once: back to when, and about how many events.
   * The list goes on from there with `next`.
   */
  readonly searched: { readonly until: Date; readonly events: number } | null;
}

/**
 * A page of the organization's events, newest first. It looks at some twenty thousand events at most, so that it never
 * takes seconds: what is rare is found page by page.
 * @throws DomainError `invalid_input` for a cursor that is not from this list; `unavailable` when the search takes too long
 */
export async function listEvents(scope: OrganizationScope, request: EventPageRequest): Promise<EventPage> {
  const { filters, cursor = null, limit } = request;
  const organizationPk = scope.organization.pk;
  const after = cursor === null ? null : decodeEventKey(cursor);
  const wanted = { organizationPk, filters, order: "newest first", after } as const;
  // Noted beside the reading, so that it makes no list slower; what cannot be noted is not shown.
  const [{ rows, stop, looked }] = await Promise.all([
    findEvents(scope, wanted, limit + 1, 1),
    recordView(scope, null),
  ]);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(toEvent),
    next: last ? cursorOf(last) : stop && encodeEventKey(stop),
    searched: stop && rows.length < limit ? { until: stop.occurredAt, events: looked } : null,
  };
}

/**
 * A page in either order, with cursors to both of its neighbours. A page with a neighbour is short, or empty, only after
 * very much was looked at.
 * @throws DomainError as `listEvents`
 */
export async function listEventsBothWays(
  scope: OrganizationScope,
  request: KeysetRequest & { readonly filters: EventFilters },
  looks = LOOKS_OF_A_MACHINE,
): Promise<KeysetPage<AuditLogEvent>> {
  const { filters } = request;
  const organizationPk = scope.organization.pk;
  let reading: { readonly found: FoundEvents; readonly onwards: boolean } | undefined;
  const reads = keysetPage(
    request,
    async ({ order, cursor, take }) => {
      const after = cursor ? decodeEventKey(cursor, request.after === null ? "before" : "after") : null;
      const wanted = {
        organizationPk,
        filters,
        order: order === "desc" ? "newest first" : "oldest first",
        after,
      } as const;
      const found = await findEvents(scope, wanted, take, looks);
      reading = { found, onwards: (order === "desc") === (request.order !== "asc") };
      return found.rows;
    },
    cursorOf,
  );
  const [page] = await Promise.all([reads, recordView(scope, null)]);
  const items = page.items.map(toEvent);
  const stop = reading?.found.stop;
  // With as many as were asked for, one more was found, and the neighbour is known.
  if (!stop) return { ...page, items };
  const onwards = reading?.onwards === (request.order !== "normal") ? "after" : "before";
  return { ...page, items, [onwards]: encodeEventKey(stop) };
}

function cursorOf(row: StoredEvent): string {
  return encodeEventKey({ occurredAt: row.occurred_at, uuid: row.id });
}
