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

const schemaResponse = z.object({
  object: z.literal("audit_log_schema"),
  version: z.number().int(),
  targets: z.array(z.object({ type: z.string(), metadata: metadataSchema.optional() })),
  actor: z.object({ metadata: metadataSchema }).optional(),
  metadata: metadataSchema.optional(),
  created_at: time,
});

const actionResponse = z.object({
  object: z.literal("audit_log_action"),
  name: z.string(),
  action: z.string().describe("The name again, for WorkOS's command-line tool."),
  schema: schemaResponse.nullable().describe("The latest version."),
  created_at: time,
  updated_at: time,
});

/** `POST /audit_logs/actions/{name}/schemas` */
export const createSchema = endpoint(
  {
    needs: "manage",
    summary: "Create a schema version",
    description:
      "Creates the action if it does not exist. Versions never change: a call creates the next one, or returns the newest one " +
      "if it is the same. An event must match the version that it specifies, or version 1, and must have a target of every " +
      "declared type.",
    body: eventSchemaBody,
    example: {
      targets: [{ type: "team", metadata: { type: "object", properties: { plan: { type: "string" } } } }],
      actor: { metadata: { type: "object", properties: { role: { type: "string" } } } },
      metadata: { type: "object", properties: { invoice_id: { type: "string" } }, required: ["invoice_id"] },
    },
    status: 201,
    response: schemaResponse,
  },
  async ({ scope, body, param }) => {
    const { name } = parse(z.object({ name: actionName }), { name: param("name") });
    return schemaObject(await createEventSchema(scope, name, body));
  },
);

/** `GET /audit_logs/actions/{name}/schemas` */
export const listSchemas = endpoint(
  {
    needs: "manage",
    summary: "List an action's schema versions",
    query: listQuery,
    status: 200,
    response: listOf(schemaResponse),
  },
  async ({ scope, query, param }) => listObject(await listEventSchemas(scope, param("name"), query), schemaObject),
);

/** `GET /audit_logs/actions`. Returns only actions with a schema, because every SDK expects one. */
export const listActionsEndpoint = endpoint(
  {
    needs: "manage",
    summary: "List actions with a schema",
    query: listQuery,
    status: 200,
    response: listOf(actionResponse),
  },
  async ({ scope, query }) => listObject(await listActions(scope, { ...query, which: "configured" }), actionObject),
);

function actionObject(action: EventAction): z.input<typeof actionResponse> {
  return {
    object: "audit_log_action",
    name: action.name,
    action: action.name,
    schema: action.schema && schemaObject(action.schema),
    created_at: action.createdAt,
    updated_at: action.updatedAt,
  };
}

function schemaObject(schema: EventSchemaVersion): z.input<typeof schemaResponse> {
  return {
    object: "audit_log_schema",
    version: schema.version,
    ...eventSchemaJson(schema),
    created_at: schema.createdAt,
  };
}
