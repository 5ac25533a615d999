import { recordActivity } from "@/server/domain/activity/record-activity";
import type { EnvironmentScope } from "@/server/kernel/scopes";

/** Returns whether events whose action has no schema are rejected; otherwise their actions are registered. */
export async function getStrictActions(scope: EnvironmentScope): Promise<boolean> {
  const where = { pk: scope.environment.pk };
  return (await scope.db.prisma.environment.findUniqueOrThrow({ where, select: { strictActions: true } }))
    .strictActions;
}

/** Sets whether events whose action has no schema are rejected. Takes effect within a second. */
export async function setStrictActions(scope: EnvironmentScope, strictActions: boolean): Promise<boolean> {
  await scope.db.prisma.$transaction(async (tx) => {
    await tx.environment.update({ where: { pk: scope.environment.pk }, data: { strictActions } });
    await recordActivity(tx, scope, "environment.strict_actions_changed", { strict: strictActions ? "yes" : "no" });
  });
  return strictActions;
}
