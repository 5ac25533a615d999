import { z } from "zod";
import type { Page } from "@/schemas/paging";
import type { RejectedEvent, RejectedEventsRequest } from "@/schemas/rejected-event";
import { storableText } from "@/schemas/text";
import { idPage } from "@/server/domain/paging/id-page";
import { DomainError } from "@/server/errors";
import { newId } from "@/server/ids";
import type { EnvironmentScope, Services } from "@/server/services";
import { reasonColumns, sentColumns, toRejectedEvent } from "./rejected-event-row";

const LIFETIME = 7 * 86_400_000;
/** Of each environment the newest are kept, however many a broken sender makes. */
const MOST_KEPT = 10_000;

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

/** Notes a refused event for the dashboard, where its sender's developers look for the reason; other failures it leaves. */
export async function keepRejectedEvent(
  scope: EnvironmentScope,
  { body, idempotencyKey }: { readonly body: unknown; readonly idempotencyKey: string | null },
  failure: unknown,
): Promise<void> {
  if (!isRefusal(failure)) return;
  const { organization_id: organizationId, event } = hints.parse(body);
  const now = scope.now();
  await scope.db.prisma.rejectedEvent.create({
    data: {
      id: newId("rejected_event", now),
      environmentPk: scope.environment.pk,
      organizationId,
      action: event.action,
      ...sentColumns(body, idempotencyKey),
      ...reasonColumns(failure),
      createdAt: now,
    },
  });
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
  await services.db.query(
    `DELETE FROM rejected_event r USING environment e,
       LATERAL (SELECT x.id FROM rejected_event x WHERE x.environment_pk = e.pk ORDER BY x.id DESC OFFSET $1 LIMIT 1) oldest
     WHERE r.environment_pk = e.pk AND r.id <= oldest.id`,
    [MOST_KEPT],
  );
}
