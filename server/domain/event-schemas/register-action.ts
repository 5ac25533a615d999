import type { PrismaClient } from "@/prisma/generated/client";
import { SCHEMA_LIMITS } from "@/schemas/limits";
import { defineCache } from "@/server/kernel/caches";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";

/** Why an action was not registered, and what to do. */
export const TOO_MANY_ACTIONS =
  `This environment has ${SCHEMA_LIMITS.actions.toLocaleString("en-US")} actions and can't have more. Action names must not ` +
  "contain IDs or other values that vary: send those as targets or metadata.";

/** Environments that had no room for another action, so that rejecting millions of new names takes no query each. */
const fullEnvironments = defineCache<boolean>({ name: "full_environments", ttl: 5_000, maxEntries: 10_000 });

/**
 * Registers an action, unless it exists or the environment has as many actions as it may have. Requests at the same time
 * may exceed that number by the few that are registered at once.
 * @returns the ID if this call registered it
 */
export async function registerAction(
  prisma: Pick<PrismaClient, "$executeRaw">,
  scope: EnvironmentScope,
  name: string,
): Promise<string | null> {
  const { pk } = scope.environment;
  const now = scope.now();
  const id = newId("ala", now);
  const max = SCHEMA_LIMITS.actions;
  const created = await prisma.$executeRaw`
    INSERT INTO action (id, environment_pk, name, created_at, updated_at)
    SELECT ${id}, ${pk}::int, ${name}, ${now}::timestamptz, ${now}::timestamptz
    WHERE (SELECT count(*) FROM (SELECT FROM action WHERE environment_pk = ${pk}::int LIMIT ${max}::int) AS known) < ${max}::int
    ON CONFLICT (environment_pk, name) DO NOTHING`;
  return created > 0 ? id : null;
}

/** Whether the environment could not register any more actions a few seconds ago. */
export function isFull({ caches, db, environment }: EnvironmentScope): Promise<boolean> {
  return caches.of(fullEnvironments).get(String(environment.pk), async () => {
    const where = { environmentPk: environment.pk };
    return (await db.prisma.action.count({ where, take: SCHEMA_LIMITS.actions })) >= SCHEMA_LIMITS.actions;
  });
}
