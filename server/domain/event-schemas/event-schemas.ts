import { isDeepStrictEqual } from "node:util";
import { Prisma } from "@/prisma/generated/client";
import type { EventAction, EventSchemaVersion, NewEventSchema } from "@/schemas/event-schemas/event-schema";
import { SCHEMA_LIMITS } from "@/schemas/limits";
import { recordActivity } from "@/server/domain/activity/record-activity";
import type { IdPage, IdPageRequest } from "@/server/domain/paging/id-page";
import { admitNewAction } from "@/server/domain/rate-limit/admit-request";
import { DomainError, notFound } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { boundedPage, SCHEMA_CHARACTERS } from "./bounded-page";
import { registerAction, TOO_MANY_ACTIONS } from "./register-action";
import { forgetAction } from "./require-valid-event";
import { toVersion } from "./schema-row";

/**
 * Creates the next version of an action's schema, and the action if it does not exist. If the newest version is the same,
 * returns that version, so that a deployment can send its schemas each time.
 * @throws DomainError `invalid_input` if the action or the environment has as many versions or actions as it may have;
 * `too_many` if the environment gets too many new actions
 */
export async function createEventSchema(
  scope: EnvironmentScope,
  action: string,
  input: NewEventSchema,
): Promise<EventSchemaVersion> {
  const now = scope.now();
  const where = { environmentPk_name: { environmentPk: scope.environment.pk, name: action } };
  if (!(await scope.db.prisma.action.findUnique({ where, select: { id: true } }))) await admitNewAction(scope);
  const version = await scope.db.prisma.$transaction(async (tx) => {
    await registerAction(tx, scope, action);
    // Locks the action's row, so that versions created at the same time get different numbers.
    const [known] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM action WHERE environment_pk = ${scope.environment.pk} AND name = ${action} FOR UPDATE`;
    if (!known) throw tooMuch(TOO_MANY_ACTIONS);
    const { id } = known;
    const newest = await tx.auditLogSchema.findFirst({ where: { actionId: id }, orderBy: { version: "desc" } });
    if (newest) {
      const version = toVersion(newest);
      if (isSameSchema(version, input)) return version;
    }
    if (newest && newest.version >= SCHEMA_LIMITS.versions) {
      throw tooMuch(
        `'${action}' has ${newest.version.toLocaleString("en-US")} schema versions and can't have more. Use one of them, or another action.`,
      );
    }
    await tx.action.update({ where, data: { updatedAt: now } });
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
  forgetAction(scope, action);
  return version;
}

/** Compares what two schemas declare. The order of properties does not count, because the database does not keep it. */
function isSameSchema(one: NewEventSchema, other: NewEventSchema): boolean {
  const declared = ({ targets, actorMetadata, metadata }: NewEventSchema): unknown =>
    JSON.parse(JSON.stringify({ targets, actorMetadata, metadata }));
  return isDeepStrictEqual(declared(one), declared(other));
}

function tooMuch(message: string): DomainError {
  return new DomainError("invalid_input", message);
}

/**
 * Lists the versions of an action's schema. A page of large schemas has fewer items than requested.
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
  const { auditLogSchema } = scope.db.prisma;
  const page = await boundedPage(request, {
    ids: ({ where, ...query }) =>
      auditLogSchema.findMany({ ...query, where: { ...where, actionId: found.id }, select: { id: true } }),
    sizes: (ids) =>
      scope.db.query(`SELECT id, ${SCHEMA_CHARACTERS} AS size FROM audit_log_schema WHERE id = ANY($1)`, [ids]),
    items: ({ where, ...query }) => auditLogSchema.findMany({ ...query, where: { ...where, actionId: found.id } }),
  });
  return { ...page, items: page.items.map(toVersion) };
}

/**
 * Lists the environment's actions, including those that only occurred in events. A page of large schemas has fewer items
 * than requested.
 */
export async function listActions(
  scope: EnvironmentScope,
  request: IdPageRequest & { readonly which: "configured" | "all" },
): Promise<IdPage<EventAction>> {
  const mine: Prisma.ActionWhereInput = {
    environmentPk: scope.environment.pk,
    ...(request.which === "configured" && { schemas: { some: {} } }),
  };
  const { action } = scope.db.prisma;
  const page = await boundedPage(request, {
    ids: ({ where, ...query }) => action.findMany({ ...query, where: { ...where, ...mine }, select: { id: true } }),
    sizes: (ids) =>
      scope.db.query(
        `SELECT action.id, newest.size FROM unnest($1::text[]) AS action (id) CROSS JOIN LATERAL (
           SELECT ${SCHEMA_CHARACTERS} AS size FROM audit_log_schema WHERE action_id = action.id ORDER BY version DESC LIMIT 1
         ) AS newest`,
        [ids],
      ),
    items: ({ where, ...query }) =>
      action.findMany({
        ...query,
        where: { ...where, ...mine },
        include: { schemas: { orderBy: { version: "desc" }, take: 1 } },
      }),
  });
  const items = page.items.map(({ schemas: [newest], id, name, createdAt, updatedAt }) => {
    return { id, name, createdAt, updatedAt, schema: newest ? toVersion(newest) : null };
  });
  return { ...page, items };
}
