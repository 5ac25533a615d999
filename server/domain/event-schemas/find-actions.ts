import type { Prisma } from "@/prisma/generated/client";
import type { ActionsRequest, ListedAction } from "@/schemas/event-schemas/action-list";
import type { Page } from "@/schemas/paging";
import { containing } from "@/server/domain/paging/containing";
import type { EnvironmentScope } from "@/server/kernel/scopes";

/** Lists the environment's actions by name; actions that only occurred in events have no version. */
export async function findActions(
  scope: EnvironmentScope,
  { search, which, cursor = null, limit }: ActionsRequest,
): Promise<Page<ListedAction>> {
  const conditions: Prisma.ActionWhereInput[] = [{ environmentPk: scope.environment.pk }];
  if (which === "configured") conditions.push({ schemas: { some: {} } });
  if (which === "unconfigured") conditions.push({ schemas: { none: {} } });
  if (search !== "") conditions.push({ name: containing(search) });
  if (cursor !== null) conditions.push({ name: { gt: cursor } });
  const rows = await scope.db.prisma.action.findMany({
    where: { AND: conditions },
    orderBy: { name: "asc" },
    take: limit + 1,
    include: { schemas: { orderBy: { version: "desc" }, take: 1, select: { version: true } } },
  });
  const items = rows.slice(0, limit).map(({ name, schemas: [newest], createdAt, updatedAt }): ListedAction => {
    return { name, version: newest?.version ?? null, createdAt, updatedAt };
  });
  return { items, next: rows.length > limit ? (items.at(-1)?.name ?? null) : null };
}
