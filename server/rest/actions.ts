import { z } from "zod";
import { actionName } from "@/schemas/event";
import { newEventSchema, type EventAction, type EventSchemaVersion } from "@/schemas/event-schema";
import { createEventSchema, listActions, listEventSchemas } from "@/server/domain/event-schemas/event-schemas";
import { endpoint, parse } from "./endpoint";
import { listObject, listQuery } from "./lists";
import { into } from "./wire";

/** Absent, null and PHP's empty list are all "nothing declared". */
const wireSchema = z.preprocess((value) => (value === undefined || (Array.isArray(value) && value.length === 0) ? null : value), z.unknown());

const body = z
  .object({
    targets: z.array(z.object({ type: z.unknown(), metadata: wireSchema })),
    actor: z.object({ metadata: wireSchema }).nullish(),
    metadata: wireSchema,
  })
  .transform(({ targets, actor, metadata }) => ({ targets, metadata, actorMetadata: actor?.metadata ?? null }))
  .pipe(into(newEventSchema));

/** `POST /audit_logs/actions/{name}/schemas` */
export const createSchema = endpoint({ body, status: 201 }, async ({ scope, body, param }) =>
  schemaObject(await createEventSchema(scope, parse(actionName, param("name")), body)),
);

/** `GET /audit_logs/actions/{name}/schemas` */
export const listSchemas = endpoint({ query: listQuery, status: 200 }, async ({ scope, query, param }) =>
  listObject(await listEventSchemas(scope, param("name"), query), schemaObject),
);

/** `GET /audit_logs/actions`: those with a schema, since every SDK expects one. */
export const listActionsEndpoint = endpoint({ query: listQuery, status: 200 }, async ({ scope, query }) =>
  listObject(await listActions(scope, { ...query, which: "configured" }), actionObject),
);

function actionObject(action: EventAction) {
  return {
    object: "audit_log_action",
    name: action.name,
    // WorkOS's own command line reads this name.
    action: action.name,
    schema: action.schema && schemaObject(action.schema),
    created_at: action.createdAt,
    updated_at: action.updatedAt,
  };
}

function schemaObject(schema: EventSchemaVersion) {
  return {
    object: "audit_log_schema",
    version: schema.version,
    targets: schema.targets.map(({ type, metadata }) => ({ type, ...(metadata && { metadata }) })),
    ...(schema.actorMetadata && { actor: { metadata: schema.actorMetadata } }),
    ...(schema.metadata && { metadata: schema.metadata }),
    created_at: schema.createdAt,
  };
}
