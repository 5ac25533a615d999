import type { JsonSchema } from "@/server/rest/openapi/json-schema";

/** One line of a table of fields. */
export interface Field {
  /** With the fields that it lies in, such as `event.targets[].id`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** The fields of an object's schema, each followed by those within it. */
export function fieldsOf(schema: JsonSchema, within = ""): Field[] {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const name = within + key;
    const field = {
      name,
      type: typeOf(property),
      required: required.includes(key),
      description: property.description ?? "",
    };
    return [field, ...insideOf(property, name)];
  });
}

function insideOf(schema: JsonSchema, name: string): Field[] {
  if (schema.properties) return fieldsOf(schema, `${name}.`);
  if (schema.items) return insideOf(schema.items, `${name}[]`);
  return united((schema.anyOf ?? []).map((option) => insideOf(option, name)));
}

/** The fields of alternatives as one list: what is not in all of them is not required. */
function united(alternatives: readonly (readonly Field[])[]): Field[] {
  const fields = new Map<string, Field>();
  for (const field of alternatives.flat()) {
    const same = fields.get(field.name);
    const required = field.required && alternatives.every((each) => each.some(({ name }) => name === field.name));
    fields.set(field.name, { ...field, required, type: same ? `${same.type} or ${field.type}` : field.type });
  }
  return [...fields.values()];
}

/** A schema's type in a few words, such as `string or null`, `list of string`, `"csv" or "jsonl", "csv" if left out`. */
export function typeOf(schema: JsonSchema): string {
  const type = plainTypeOf(schema);
  return schema.default === undefined ? type : `${type}; ${JSON.stringify(schema.default)} if left out`;
}

function plainTypeOf({ const: only, enum: values, anyOf, items, type }: JsonSchema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(" or ");
  if (anyOf) return [...new Set(anyOf.map(plainTypeOf))].join(" or ");
  if (items) return `list of ${plainTypeOf(items)}`;
  return typeof type === "string" ? type : (type ?? ["anything"]).join(" or ");
}
