import { Prisma } from "@/prisma/generated/client";
import type { EventAction, EventSchemaVersion, NewEventSchema } from "@/schemas/event-schemas/event-schema";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { idPage, type IdPage, type IdPageRequest } from "@/server/domain/paging/id-page";
import { notFound } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { forgetChecks } from "./require-valid-event";
import { toVersion } from "./schema-row";

/** Creates the next version of an action's schema, and the action if it does not exist. */
export async function createEventSchema(
  scope: EnvironmentScope,
  action: string,
  input: NewEventSchema,
): Promise<EventSchemaVersion> {
  const now = scope.now();
  const where = { environmentPk_name: { environmentPk: scope.environment.pk, name: action } };
  const version = await scope.db.prisma.$transaction(async (tx) => {
    const create = {
      id: newId("ala", now),
      environmentPk: scope.environment.pk,
      name: action,
      createdAt: now,
      updatedAt: now,
    };
    // The update locks the action's row, so that versions created at the same time get different numbers.
    const { id } = await tx.action.upsert({ where, create, update: { updatedAt: now } });
    const newest = await tx.auditLogSchema.findFirst({
      where: { actionId: id },
      orderBy: { version: "desc" },
      select: { version: true },
    });
    const row = await tx.auditLogSchema.create({
      data: {
        id: newId("als", now),
        actionId: id,
        version: (newest?.version ?? 0) + 1,
        targets: input.targets,
        actorMetadata: input.actorMetadata ?? Prisma.DbNull,
        metadata: input.metadata ?? Prisma.DbNull,
        createdAt: now,
      },
    });
    await recordActivity(tx, scope, "event_schema.created", { action, version: row.version });
    return toVersion(row);
  });
  forgetChecks(scope, action);
  return version;
}

/**
 * Lists the versions of an action's schema.
 * @throws DomainError `not_found` if the action was neither configured nor sent
 */
export async function listEventSchemas(
  scope: EnvironmentScope,
  action: string,
  request: IdPageRequest,
): Promise<IdPage<EventSchemaVersion>> {
  const found = await scope.db.prisma.action.findUnique({
    where: { environmentPk_name: { environmentPk: scope.environment.pk, name: action } },
    select: { id: true },
  });
  if (!found) throw notFound("Audit Log Action", action);
  const page = await idPage(request, ({ where, ...query }) =>
    scope.db.prisma.auditLogSchema.findMany({ ...query, where: { ...where, actionId: found.id } }),
  );
  return { ...page, items: page.items.map(toVersion) };
}

/** Lists the environment's actions, including those that only occurred in events. */
export async function listActions(
  scope: EnvironmentScope,
  request: IdPageRequest & { readonly which: "configured" | "all" },
): Promise<IdPage<EventAction>> {
  const mine: Prisma.ActionWhereInput = {
    environmentPk: scope.environment.pk,
    ...(request.which === "configured" && { schemas: { some: {} } }),
  };
  const page = await idPage(request, ({ where, ...query }) =>
    scope.db.prisma.action.findMany({
      ...query,
      where: { ...where, ...mine },
      include: { schemas: { orderBy: { version: "desc" }, take: 1 } },
    }),
  );
  const items = page.items.map(({ schemas: [newest], id, name, createdAt, updatedAt }) => {
    return { id, name, createdAt, updatedAt, schema: newest ? toVersion(newest) : null };
  });
  return { ...page, items };
}
