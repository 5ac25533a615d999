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
import { reasonColumns, sentColumns, toRejectedEvent } from "./rejected-event-row";

const LIFETIME = 7 * 86_400_000;
/** After so many in one process an environment is trimmed: a sender in a loop has so many more than are kept, at most. */
const TRIM_EVERY = 1_000;
/** The number of rejected events that this process stored for each environment since it last trimmed it. */
const untrimmedCounts = defineState({
  name: "untrimmed_rejected_events",
  create: () => new Map<number, number>(),
  entries: (counts) => counts.size,
});

/** What of a refused request is looked for in whatever was sent. */
const hints = z
  .object({
    organization_id: storableText(100).nullable().catch(null),
    event: z.object({ action: storableText(500).nullable().catch(null) }).catch({ action: null }),
  })
  .catch({ organization_id: null, event: { action: null } });

/** The refusals that say something of the event, rather than of the caller or of us. */
const ABOUT_THE_EVENT: readonly string[] = ["invalid_input", "invalid_request", "not_found"];

/** Whether it says something of the event; other failures pass when the same request is made again. */
export function isRefusal(failure: unknown): failure is DomainError {
  return failure instanceof DomainError && ABOUT_THE_EVENT.includes(failure.code);
}

/** What was sent, and why it was not taken. */
export interface Refusal {
  readonly body: unknown;
  readonly idempotencyKey: string | null;
  readonly failure: DomainError;
}

/**
 * Notes refused events for the dashboard, where their sender's developers look for the reason: all in one statement. Of
 * each environment the newest are kept, however many a broken sender makes.
 */
export async function keepRejectedEvents(scope: EnvironmentScope, refusals: readonly Refusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const now = scope.now();
  const data = refusals.map(({ body, idempotencyKey, failure }) => {
    const { organization_id: organizationId, event } = hints.parse(body);
    return {
      id: newId("rejected_event", now),
      environmentPk: scope.environment.pk,
      organizationId,
      action: event.action,
      ...sentColumns(body, idempotencyKey),
      ...reasonColumns(failure),
      createdAt: now,
    };
  });
  await scope.db.prisma.rejectedEvent.createMany({ data });
  if (isTrimDue(scope, data.length)) await trim(scope, scope.environment.pk);
}

/** The first in a process, and then one in so many. */
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

/** The environment's refused events of the last seven days, newest first. */
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

/** Deletes what is older than seven days, and all but the newest of each environment. */
export async function expireRejectedEvents(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - LIFETIME).toISOString();
  await services.db.query("DELETE FROM rejected_event WHERE created_at < $1::timestamptz", [before]);
  const environments = await services.db.query<{ pk: number }>("SELECT pk FROM environment", []);
  for (const { pk } of environments) await trim(services, pk);
}
