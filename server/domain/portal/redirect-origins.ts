import { recordActivity } from "@/server/domain/activity/record-activity";
import type { EnvironmentScope } from "@/server/kernel/scopes";

/** Lists the origins to which the environment's portal links may send visitors back, in alphabetical order. */
export async function listRedirectOrigins(scope: EnvironmentScope): Promise<string[]> {
  const rows = await scope.db.prisma.redirectOrigin.findMany({
    where: { environmentPk: scope.environment.pk },
    orderBy: { origin: "asc" },
  });
  return rows.map((row) => row.origin);
}

/** Replaces all redirect origins. */
export async function setRedirectOrigins(scope: EnvironmentScope, origins: readonly string[]): Promise<string[]> {
  const environmentPk = scope.environment.pk;
  await scope.db.prisma.$transaction(async (tx) => {
    await tx.redirectOrigin.deleteMany({ where: { environmentPk } });
    await tx.redirectOrigin.createMany({ data: origins.map((origin) => ({ environmentPk, origin })) });
    await recordActivity(tx, scope, "environment.redirect_origins_changed", { origins: origins.join(" ") });
  });
  return listRedirectOrigins(scope);
}
