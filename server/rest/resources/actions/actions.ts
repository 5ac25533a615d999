import { z } from "zod";
import { actionName } from "@/schemas/events/event";
import { metadataSchema, type EventAction, type EventSchemaVersion } from "@/schemas/event-schemas/event-schema";
import { eventSchemaBody } from "@/schemas/event-schemas/event-schema-body";
import { eventSchemaJson } from "@/schemas/event-schemas/event-schema-json";
import { time } from "@/schemas/wire";
import { createEventSchema, listActions, listEventSchemas } from "@/server/domain/event-schemas/event-schemas";
import { parse } from "@/server/kernel/parse";
import { endpoint } from "@/server/rest/http/endpoint";
import { listObject, listOf, listQuery } from "@/server/rest/http/lists";

const schemaAnswer = z.object({
  object: z.literal("audit_log_schema"),
  version: z.number().int(),
  targets: z.array(z.object({ type: z.string(), metadata: metadataSchema.optional() })),
  actor: z.object({ metadata: metadataSchema }).optional(),
  metadata: metadataSchema.optional(),
  created_at: time,
});

const actionAnswer = z.object({
  object: z.literal("audit_log_action"),
  name: z.string(),
  action: z.string().describe("The name once more, as WorkOS's own command line reads it."),
  schema: schemaAnswer.nullable().describe("The newest version."),
  created_at: time,
  updated_at: time,
});

/** `POST /audit_logs/actions/{name}/schemas` */
export const createSchema = endpoint(
  {
    summary: "Create a schema version of an action",
    description:
      "Makes the action when there is none. Versions never change: each call makes the next. An event is held against the " +
      "version that it names, or the first; every declared target type must then be among its targets.",
    body: eventSchemaBody,
    example: {
      targets: [{ type: "team", metadata: { type: "object", properties: { plan: { type: "string" } } } }],
      actor: { metadata: { type: "object", properties: { role: { type: "string" } } } },
      metadata: { type: "object", properties: { invoice_id: { type: "string" } }, required: ["invoice_id"] },
    },
    status: 201,
    answer: schemaAnswer,
  },
  async ({ scope, body, param }) => {
    const { name } = parse(z.object({ name: actionName }), { name: param("name") });
    return schemaObject(await createEventSchema(scope, name, body));
  },
);

/** `GET /audit_logs/actions/{name}/schemas` */
export const listSchemas = endpoint(
  { summary: "List the schema versions of an action", query: listQuery, status: 200, answer: listOf(schemaAnswer) },
  async ({ scope, query, param }) => listObject(await listEventSchemas(scope, param("name"), query), schemaObject),
);

/** `GET /audit_logs/actions`: those with a schema, since every SDK expects one. */
export const listActionsEndpoint = endpoint(
  { summary: "List the configured actions", query: listQuery, status: 200, answer: listOf(actionAnswer) },
  async ({ scope, query }) => listObject(await listActions(scope, { ...query, which: "configured" }), actionObject),
);

function actionObject(action: EventAction): z.input<typeof actionAnswer> {
  return {
    object: "audit_log_action",
    name: action.name,
    action: action.name,
    schema: action.schema && schemaObject(action.schema),
    created_at: action.createdAt,
    updated_at: action.updatedAt,
  };
}

function schemaObject(schema: EventSchemaVersion): z.input<typeof schemaAnswer> {
  return {
    object: "audit_log_schema",
    version: schema.version,
    ...eventSchemaJson(schema),
    created_at: schema.createdAt,
  };
}
