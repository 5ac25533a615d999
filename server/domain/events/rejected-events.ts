import { z } from "zod";
import type { Page } from "@/schemas/paging";
import type { RejectedEvent } from "@/schemas/rejected-event";
import { storableText } from "@/schemas/text";
import { idPage } from "@/server/domain/paging/id-page";
import { DomainError, type Violation } from "@/server/errors";
import { newId } from "@/server/ids";
import type { EnvironmentScope, Services } from "@/server/services";

const LIFETIME = 7 * 86_400_000;
/** Of each environment the newest are kept, however many a broken sender makes. */
const MOST_KEPT = 10_000;
/** Longer ones are kept without their body. */
const LONGEST_BODY = 20_000;

/** What of a refused request is looked for in whatever was sent. */
const hints = z
  .object({
    organization_id: storableText(100).nullable().catch(null),
    event: z.object({ action: storableText(500).nullable().catch(null) }).catch({ action: null }),
  })
  .catch({ organization_id: null, event: { action: null } });

/** The refusals that say something of the event, rather than of the caller or of us. */
const ABOUT_THE_EVENT: readonly string[] = ["invalid_input", "invalid_request", "not_found"];

/** Notes a refused event for the dashboard, where its sender's developers look for the reason; other failures it leaves. */
export async function keepRejectedEvent(scope: EnvironmentScope, body: unknown, failure: unknown): Promise<void> {
  if (!(failure instanceof DomainError) || !ABOUT_THE_EVENT.includes(failure.code)) return;
  const { organization_id: organizationId, event } = hints.parse(body);
  const text = JSON.stringify(body) ?? "null";
  const now = scope.now();
  await scope.db.prisma.rejectedEvent.create({
    data: {
      id: newId("rejected_event", now),
      environmentPk: scope.environment.pk,
      organizationId,
      action: event.action,
      // As text within JSON: what PostgreSQL cannot store as it is stays readable.
      body: text.length <= LONGEST_BODY ? text : `${text.slice(0, LONGEST_BODY)}…`,
      code: failure.details.wireCode ?? failure.code,
      message: failure.message,
      violations: JSON.stringify(failure.details.violations ?? []).replaceAll(String.raw`\u0000`, ""),
      createdAt: now,
    },
  });
}

/** The environment's refused events of the last seven days, newest first. */
export async function listRejectedEvents(
  scope: EnvironmentScope,
  { cursor = null, limit }: { readonly cursor?: string | null | undefined; readonly limit: number },
): Promise<Page<RejectedEvent>> {
  const request = { order: "desc", before: null, after: cursor, limit } as const;
  const { items, after } = await idPage(request, ({ where, ...query }) =>
    scope.db.prisma.rejectedEvent.findMany({ ...query, where: { ...where, environmentPk: scope.environment.pk } }),
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

interface RejectedRow {
  readonly id: string;
  readonly organizationId: string | null;
  readonly action: string | null;
  readonly body: unknown;
  readonly code: string;
  readonly message: string;
  readonly violations: unknown;
  readonly createdAt: Date;
}

function toRejectedEvent({
  id,
  organizationId,
  action,
  body,
  code,
  message,
  violations,
  createdAt,
}: RejectedRow): RejectedEvent {
  // Written above, as text within JSON.
  const reasons = JSON.parse(String(violations)) as Violation[];
  return { id, organizationId, action, body: String(body), code, message, violations: reasons, createdAt };
}
