import type { AuditLogEvent } from "@/schemas/events/event";
import type { EventFilters } from "@/schemas/events/event-filters";
import type { Page } from "@/schemas/paging";
import { recordView } from "@/server/domain/activity/record-view";
import { keysetPage, type KeysetPage, type KeysetRequest } from "@/server/domain/paging/keyset-page";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { decodeEventKey, encodeEventKey } from "@/server/domain/events/query/event-key";
import { type StoredEvent, toEvent } from "@/server/domain/events/query/event-row";
import { findEvents, type FoundEvents } from "@/server/domain/events/query/find-events";

/** A program can wait longer than a person: its page is short only after a million scanned rows. */
const MAX_SCANS_OF_A_PROGRAM = 50;

export interface EventPageRequest {
  readonly filters: EventFilters;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

export interface EventPage extends Page<AuditLogEvent> {
  /**
   * Set if the page is short or empty because the scan reached its limit: the time of the last scanned event, and the
   * approximate number of scanned events. `next` continues the search.
   */
  readonly searched: { readonly until: Date; readonly events: number } | null;
}

/**
 * Lists a page of the organization's events, newest first. It scans about 20,000 events at most, so it never takes seconds.
 * Rare matches are found over several pages.
 * @throws DomainError `invalid_input` for a cursor that is not from this list; `unavailable` on timeout
 */
export async function listEvents(scope: OrganizationScope, request: EventPageRequest): Promise<EventPage> {
  const { filters, cursor = null, limit } = request;
  const organizationPk = scope.organization.pk;
  const after = cursor === null ? null : decodeEventKey(cursor);
  const wanted = { organizationPk, filters, order: "newest first", after } as const;
  // The view is recorded in parallel, so it does not slow down the list. If that fails, no events are shown.
  const [{ rows, stop, scanned }] = await Promise.all([
    findEvents(scope, wanted, limit + 1, 1),
    recordView(scope, null),
  ]);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(toEvent),
    next: last ? cursorOf(last) : stop && encodeEventKey(stop),
    searched: stop && rows.length < limit ? { until: stop.occurredAt, events: scanned } : null,
  };
}

/**
 * Lists a page in either order, with cursors to the pages before and after it. A page that is not the last one can be
 * short or empty, but only after a scan of about a million rows.
 * @throws DomainError like `listEvents`
 */
export async function listEventsBothWays(
  scope: OrganizationScope,
  request: KeysetRequest & { readonly filters: EventFilters },
  maxScans = MAX_SCANS_OF_A_PROGRAM,
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
      const found = await findEvents(scope, wanted, take, maxScans);
      reading = { found, onwards: (order === "desc") === (request.order !== "asc") };
      return found.rows;
    },
    cursorOf,
  );
  const [page] = await Promise.all([reads, recordView(scope, null)]);
  const items = page.items.map(toEvent);
  const stop = reading?.found.stop;
  // Without a stop, either the page is full and `keysetPage` saw the next row, or the range ends here.
  if (!stop) return { ...page, items };
  const onwards = reading?.onwards === (request.order !== "normal") ? "after" : "before";
  return { ...page, items, [onwards]: encodeEventKey(stop) };
}

function cursorOf(row: StoredEvent): string {
  return encodeEventKey({ occurredAt: row.occurred_at, uuid: row.id });
}
