import type { Prisma } from "@/prisma/generated/client";
import type { ActionsRequest, ListedAction } from "@/schemas/event-schemas/action-list";
import type { Page } from "@/schemas/paging";
import { textSearch } from "@/server/domain/search/text-search";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";

/** Lists the environment's actions by name; actions that only occurred in events have no version. */
export async function findActions(
  scope: EnvironmentScope,
  { search, which, cursor = null, limit }: ActionsRequest,
): Promise<Page<ListedAction>> {
  const conditions: Prisma.ActionWhereInput[] = [{ environmentPk: scope.environment.pk }];
  if (which === "configured") conditions.push({ schemas: { some: {} } });
  if (which === "unconfigured") conditions.push({ schemas: { none: {} } });
  if (search !== "") conditions.push({ name: { in: await searchNames(scope, { search, which, cursor, limit }) } });
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

/** Returns the names of a page of actions whose name contains the search. */
async function searchNames(
  scope: EnvironmentScope,
  { search, which, cursor = null, limit }: ActionsRequest,
): Promise<string[]> {
  const values: unknown[] = [scope.environment.pk, which, cursor, limit + 1];
  const { isIn } = textSearch(search, (text) => `$${values.push(text)}::text`);
  const rows = await scope.db.query<{ name: string }>(
    `SELECT a.name FROM action a
     WHERE a.environment_pk = $1 AND ($3::text IS NULL OR a.name > $3) AND ${isIn("a.name")}
       AND ($2::text = 'all' OR ($2 = 'configured') = EXISTS (SELECT FROM audit_log_schema s WHERE s.action_id = a.id))
     ORDER BY a.name LIMIT $4::int`,
    values,
    { timeout: READ_TIMEOUT },
  );
  return rows.map((row) => row.name);
}
