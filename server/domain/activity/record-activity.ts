import { newId } from "@/server/ids";
import type { Database, EnvironmentScope } from "@/server/services";

/** What the trail of who looked can say. */
export type ActivityAction =
  | "api_key.created"
  | "api_key.revoked"
  | "export.requested"
  | "export.cancelled"
  | "export.downloaded"
  | "organization.created"
  | "organization.updated"
  | "organization.deleted"
  | "portal_link.created"
  | "portal_link.revoked"
  | "portal_session.started"
  | "portal_session.ended"
  | "environment.redirect_origins_changed"
  | "environment.strict_actions_changed"
  | "portal_branding.changed"
  | "event_schema.created"
  | "retention.changed";

/** The part of Prisma that a trail entry needs: the client, or a transaction so that act and entry stand or fall together. */
export type ActivityWriter = Pick<Database["prisma"], "activity">;

/** Notes who did what, in the writer's transaction when it is one. */
export async function recordActivity(
  writer: ActivityWriter,
  scope: EnvironmentScope & { readonly organization?: { readonly pk: number } },
  action: ActivityAction,
  details: Readonly<Record<string, string | number | null>> = {},
): Promise<void> {
  const occurredAt = scope.now();
  await writer.activity.create({
    data: {
      id: newId("activity", occurredAt),
      environmentPk: scope.environment.pk,
      organizationPk: scope.organization?.pk ?? null,
      action,
      actor: scope.principal,
      details,
      occurredAt,
    },
  });
}
