import { z } from "zod";
import type { Page } from "@/schemas/paging";
import type { RejectedEvent, RejectedEventsRequest } from "@/schemas/events/rejected-event";
import { MAX_REJECTED_EVENTS } from "@/schemas/limits";
import { storableText } from "@/schemas/text";
import { idPage } from "@/server/domain/paging/id-page";
import { defineState } from "@/server/kernel/caches";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { TimeSlices } from "@/server/kernel/time-slices";
import { reasonColumns, sentColumns, toRejectedEvent } from "./rejected-event-row";

const LIFETIME = 7 * 86_400_000;
/** Trims an environment after this many new rows in one process, so a sender in a loop exceeds the limit by no more. */
const TRIM_EVERY = 1_000;
/** The number of rejected events that this process stored for each environment since it last trimmed it. */
const untrimmedCounts = defineState({
  name: "untrimmed_rejected_events",
  create: () => new Map<number, number>(),
  entries: (counts) => counts.size,
});

/** The fields of a rejected request that lists show. The request can contain anything, so each field can be missing. */
const partialFields = z
  .object({
    organization_id: storableText(100).nullable().catch(null),
    event: z.object({ action: storableText(500).nullable().catch(null) }).catch({ action: null }),
  })
  .catch({ organization_id: null, event: { action: null } });

/** Errors that are caused by the event, and not by its sender's permissions or by Trailport. */
const REJECTION_CODES: readonly string[] = ["invalid_input", "invalid_request", "not_found"];

/** Whether a failure means that the event is rejected. After other failures, the same request can succeed later. */
export function isRejection(failure: unknown): failure is DomainError {
  return failure instanceof DomainError && REJECTION_CODES.includes(failure.code);
}

/** A rejected request and the reason. */
export interface Rejection {
  readonly body: unknown;
  readonly idempotencyKey: string | null;
  readonly failure: DomainError;
}

/** Characters per statement. More would keep other requests waiting while the driver writes them. */
const KEPT_AT_ONCE = 500_000;

/**
 * Stores rejected events, so that the sender's developers can find the reason in the dashboard. Each environment keeps
 * only the newest `MAX_REJECTED_EVENTS`. Does not store events of deleted organizations.
 */
export async function keepRejectedEvents(scope: EnvironmentScope, rejections: readonly Rejection[]): Promise<void> {
  if (rejections.length === 0) return;
  const now = scope.now();
  const sent = rejections.map((rejection) => ({ ...rejection, fields: partialFields.parse(rejection.body) }));
  const deleted = await deletedAmong(
    scope,
    sent.flatMap(({ fields }) => fields.organization_id ?? []),
  );
  const kept = sent.filter(({ fields: { organization_id: id } }) => id === null || !deleted.has(id));
  if (kept.length === 0) return;
  const slices = new TimeSlices();
  let data: ReturnType<typeof rowOf>[] = [];
  let characters = 0;
  for (const each of kept) {
    const row = rowOf(scope, each, now);
    data.push(row);
    characters += row.body.length + row.violations.length;
    if (slices.isOver()) await slices.next();
    if (characters < KEPT_AT_ONCE) continue;
    await insert(scope, data);
    data = [];
    characters = 0;
  }
  if (data.length > 0) await insert(scope, data);
  if (isTrimDue(scope, kept.length)) await trim(scope, scope.environment.pk);
}

/** Not through Prisma, which would keep other requests waiting for 50 ms while it plans a hundred rows. */
async function insert({ db, environment }: EnvironmentScope, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  const column = (name: keyof ReturnType<typeof rowOf>) => rows.map((row) => row[name]);
  await db.query(
    `INSERT INTO rejected_event (environment_pk, id, organization_id, action, body, idempotency_key, code, message, violations, created_at)
     SELECT $1::int, id, organization_id, action, to_json(body), idempotency_key, code, message, to_jsonb(violations), created_at
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[])
       AS row (id, organization_id, action, body, idempotency_key, code, message, violations, created_at)`,
    [
      environment.pk,
      column("id"),
      column("organizationId"),
      column("action"),
      column("body"),
      column("idempotencyKey"),
      column("code"),
      column("message"),
      column("violations"),
      rows.map(({ createdAt }) => createdAt.toISOString()),
    ],
  );
}

function rowOf(
  scope: EnvironmentScope,
  { body, idempotencyKey, failure, fields }: Rejection & { readonly fields: z.infer<typeof partialFields> },
  now: Date,
) {
  return {
    id: newId("rejected_event", now),
    organizationId: fields.organization_id,
    action: fields.event.action,
    ...sentColumns(body, idempotencyKey),
    ...reasonColumns(failure),
    createdAt: now,
  };
}

/** Returns which of these organizations were deleted. */
async function deletedAmong({ db }: Services, organizationIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (organizationIds.length === 0) return new Set();
  const rows = await db.query<{ id: string }>("SELECT id FROM log.deleted_organization WHERE id = ANY($1::text[])", [
    [...new Set(organizationIds)],
  ]);
  return new Set(rows.map(({ id }) => id));
}

/** Whether to trim now: at the first rejected event in this process, then after every `TRIM_EVERY`. */
function isTrimDue({ caches, environment }: EnvironmentScope, kept: number): boolean {
  const counts = caches.of(untrimmedCounts);
  const count = (counts.get(environment.pk) ?? TRIM_EVERY) + kept;
  counts.set(environment.pk, count < TRIM_EVERY ? count : 0);
  return count >= TRIM_EVERY;
}

async function trim({ db }: Pick<Services, "db">, environmentPk: number): Promise<void> {
  await db.query(
    `DELETE FROM rejected_event WHERE environment_pk = $1 AND id <=
       (SELECT id FROM rejected_event WHERE environment_pk = $1 ORDER BY id DESC OFFSET $2 LIMIT 1)`,
    [environmentPk, MAX_REJECTED_EVENTS],
  );
}

/** Lists the environment's rejected events of the last 7 days, newest first. */
export async function listRejectedEvents(
  scope: EnvironmentScope,
  { cursor = null, limit, state }: RejectedEventsRequest,
): Promise<Page<RejectedEvent>> {
  const request = { order: "desc", before: null, after: cursor, limit } as const;
  const mine = {
    environmentPk: scope.environment.pk,
    ...(state !== "all" && { replayedAt: state === "waiting" ? null : { not: null } }),
  };
  const { items, after } = await idPage(request, ({ where, ...query }) =>
    scope.db.prisma.rejectedEvent.findMany({ ...query, where: { ...where, ...mine } }),
  );
  return { items: items.map(toRejectedEvent), next: after };
}

/** Deletes rejected events that are older than 7 days, and all but the newest `MAX_REJECTED_EVENTS` of each environment. */
export async function expireRejectedEvents(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - LIFETIME).toISOString();
  await services.db.query("DELETE FROM rejected_event WHERE created_at < $1::timestamptz", [before]);
  const environments = await services.db.query<{ pk: number }>("SELECT pk FROM environment", []);
  for (const { pk } of environments) await trim(services, pk);
}
