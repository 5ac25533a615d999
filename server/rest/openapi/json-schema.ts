import { z } from "zod";
import { referenceForms } from "@/schemas/wire";

/** The part of JSON Schema that the API reference shows. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly additionalProperties?: JsonSchema | boolean;
}

/** Converts what a schema accepts (`input`) or produces (`output`) to JSON Schema 2020-12. */
export function jsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const {
    $schema: _,
    "~standard": _standard,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema: json }) => adjust(zodSchema, json, io),
  }) as Record<string, unknown>;
  return json;
}

function adjust(schema: z.core.$ZodType, json: z.core.JSONSchema.BaseSchema, io: "input" | "output"): void {
  const shown = referenceForms.get(schema);
  if (shown) {
    for (const key of Object.keys(json)) delete json[key];
    Object.assign(json, jsonSchema(shown, io));
  }
  if (schema instanceof z.ZodDate) Object.assign(json, { type: "string", format: "date-time" });
  // Responses may get more fields later.
  if (schema instanceof z.ZodObject && io === "output") delete json.additionalProperties;
  if (schema instanceof z.ZodObject && io === "input") {
    // Zod derives from a field's type whether it is optional, and gets it wrong for preprocessed fields.
    const required = Object.entries(schema.shape).filter(([, field]) => !z.safeParse(field, undefined).success);
    if (required.length > 0) json.required = required.map(([name]) => name);
    else delete json.required;
  }
}
