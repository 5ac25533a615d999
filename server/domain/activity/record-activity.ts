import type { ActivityAction } from "@/schemas/activity/activity-actions";
import { hashSecret, newId } from "@/server/kernel/ids";
import type { Database } from "@/server/kernel/ports/database";
import type { EnvironmentScope, Principal, WorkspaceScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** The Prisma client, or a transaction, so that the change and its activity entry are stored together or not at all. */
export type ActivityWriter = Pick<Database["prisma"], "activity">;

/** What an entry is about: an organization, an environment or a whole workspace. */
export type ActivityScope =
  | (EnvironmentScope & { readonly organization?: { readonly pk: number } })
  | (Pick<Services, "now"> & Pick<WorkspaceScope, "workspace"> & { readonly principal: Principal });

type ActivityDetails = Readonly<Record<string, string | number | null>>;

/** Records who did what, in the writer's transaction if it is one. */
export async function recordActivity(
  writer: ActivityWriter,
  scope: ActivityScope,
  action: ActivityAction,
  details: ActivityDetails = {},
): Promise<void> {
  await writer.activity.create({ data: activityRow(scope, action, details) });
}

/** Records an action that repeats: only the first entry with `key` is stored, regardless of the process. */
export async function recordActivityOnce(
  writer: ActivityWriter,
  scope: ActivityScope,
  action: ActivityAction,
  details: ActivityDetails,
  key: string,
): Promise<void> {
  const row = { ...activityRow(scope, action, details), onceKey: hashSecret(key) };
  await writer.activity.createMany({ data: [row], skipDuplicates: true });
}

function activityRow(scope: ActivityScope, action: ActivityAction, details: ActivityDetails) {
  const occurredAt = scope.now();
  const subject =
    "environment" in scope
      ? { environmentPk: scope.environment.pk, organizationPk: scope.organization?.pk ?? null }
      : { workspaceId: scope.workspace.id };
  return { id: newId("activity", occurredAt), ...subject, action, actor: scope.principal, details, occurredAt };
}
