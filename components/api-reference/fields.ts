import type { JsonSchema } from "@/server/rest/openapi/json-schema";

/** A field of a request or response. */
export interface Field {
  /** The path from the top of the body, such as `event.targets[].id`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** Returns the fields of an object's schema, each followed by its nested fields. */
export function fieldsOf(schema: JsonSchema, prefix = ""): Field[] {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const name = prefix + key;
    const field = {
      name,
      type: typeOf(property),
      required: required.includes(key),
      description: property.description ?? "",
    };
    return [field, ...nestedFields(property, name)];
  });
}

function nestedFields(schema: JsonSchema, name: string): Field[] {
  if (schema.properties) return fieldsOf(schema, `${name}.`);
  if (schema.items) return nestedFields(schema.items, `${name}[]`);
  return mergeAlternatives((schema.anyOf ?? []).map((option) => nestedFields(option, name)));
}

/** Merges the fields of alternatives. A field is required only if every alternative requires it. */
function mergeAlternatives(alternatives: readonly (readonly Field[])[]): Field[] {
  const fields = new Map<string, Field>();
  for (const field of alternatives.flat()) {
    const same = fields.get(field.name);
    const required = field.required && alternatives.every((each) => each.some(({ name }) => name === field.name));
    fields.set(field.name, { ...field, required, type: same ? `${same.type} or ${field.type}` : field.type });
  }
  return [...fields.values()];
}

/** Returns a schema's type in words, such as `string or null`, `array of string` or `"csv" or "jsonl"; default "csv"`. */
export function typeOf(schema: JsonSchema): string {
  const type = plainTypeOf(schema);
  return schema.default === undefined ? type : `${type}; default ${JSON.stringify(schema.default)}`;
}

function plainTypeOf({ const: only, enum: values, anyOf, items, type }: JsonSchema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(" or ");
  if (anyOf) return [...new Set(anyOf.map(plainTypeOf))].join(" or ");
  if (items) return `array of ${plainTypeOf(items)}`;
  return typeof type === "string" ? type : (type ?? ["any"]).join(" or ");
}
