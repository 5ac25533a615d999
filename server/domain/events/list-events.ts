import { decodeTime, uuidToULID } from "ulid";
import type { AuditLogEvent } from "@/schemas/event";
import type { EventFilters } from "@/schemas/event-filters";
import type { Page } from "@/schemas/paging";
import { recordView } from "@/server/domain/activity/record-view";
import { keysetPage, type KeysetPage, type KeysetRequest } from "@/server/domain/paging/keyset-page";
import { notFound } from "@/server/errors";
import { parseEventId } from "@/server/ids";
import type { OrganizationScope } from "@/server/services";
import { newestFirst } from "./choose-driver";
import { decodeEventKey, encodeEventKey } from "./event-key";
import { type EventSelection, eventSource, orderOf, Parameters } from "./event-query";
import { EVENT_COLUMNS, type StoredEvent, toEvent } from "./event-row";

/** Milliseconds after which a search is given up. */
const PATIENCE = 5_000;
const DAY = 86_400_000;

export interface EventPageRequest {
  readonly filters: EventFilters;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

/**
 * A page of the organization's events, newest first.
 * @throws DomainError `invalid_input` for a cursor that is not from this list; `unavailable` when the search takes too long
 */
export async function listEvents(scope: OrganizationScope, request: EventPageRequest): Promise<Page<AuditLogEvent>> {
  const { filters, cursor = null, limit } = request;
  const { items, after } = await listEventsBothWays(scope, {
    filters,
    order: "desc",
    before: null,
    after: cursor,
    limit,
  });
  return { items, next: after };
}

/**
 * A page in either order, with cursors to both of its neighbours.
 * @throws DomainError as `listEvents`
 */
export async function listEventsBothWays(
  scope: OrganizationScope,
  request: KeysetRequest & { readonly filters: EventFilters },
): Promise<KeysetPage<AuditLogEvent>> {
  // Beside the reading, so that it makes no list slower; what cannot be noted is not shown.
  const [page] = await Promise.all([readPage(scope, request), recordView(scope, null)]);
  return { ...page, items: page.items.map(toEvent) };
}

async function readPage(
  scope: OrganizationScope,
  request: KeysetRequest & { readonly filters: EventFilters },
): Promise<KeysetPage<StoredEvent>> {
  const newest = await newestFirst(scope, request.filters);
  return keysetPage(
    request,
    ({ order, cursor, take }) => {
      const after = cursor ? decodeEventKey(cursor, request.after === null ? "before" : "after") : null;
      return readRows(scope, { ...newest, order: order === "desc" ? "newest first" : "oldest first", after }, take);
    },
    (row) => encodeEventKey({ occurredAt: row.occurred_at, uuid: row.id }),
  );
}

function readRows(scope: OrganizationScope, selection: EventSelection, limit: number): Promise<StoredEvent[]> {
  const parameters = new Parameters();
  const source = eventSource(selection, limit, parameters);
  return scope.db.query<StoredEvent>(
    `SELECT ${EVENT_COLUMNS} FROM ${source} ${orderOf(selection.order)} LIMIT ${limit}`,
    parameters.values,
    { timeout: PATIENCE },
  );
}

/** @throws DomainError `not_found`, also when the event is another organization's */
export async function getEvent(scope: OrganizationScope, id: string): Promise<AuditLogEvent> {
  const uuid = parseEventId(id);
  if (uuid === null) throw notFound("Event", id);
  // Most events are received on the day they happen, and their id holds that day; the whole log is the second guess,
  // since ids have no index of their own.
  const received = decodeTime(uuidToULID(uuid));
  const row =
    (await findEvent(scope, uuid, received - DAY, received + DAY)) ??
    (await findEvent(scope, uuid, -Infinity, Infinity));
  if (!row) throw notFound("Event", id);
  await recordView(scope, id);
  return toEvent(row);
}

async function findEvent(
  scope: OrganizationScope,
  uuid: string,
  from: number,
  to: number,
): Promise<StoredEvent | undefined> {
  const bound = (time: number) =>
    Number.isFinite(time) ? new Date(time).toISOString() : time < 0 ? "-infinity" : "infinity";
  const rows = await scope.db.query<StoredEvent>(
    `SELECT ${EVENT_COLUMNS} FROM log.event e
     WHERE e.organization_pk = $1 AND e.id = $2 AND e.occurred_at >= $3::timestamptz AND e.occurred_at <= $4::timestamptz LIMIT 1`,
    [scope.organization.pk, uuid, bound(from), bound(to)],
    { timeout: PATIENCE },
  );
  return rows[0];
}
