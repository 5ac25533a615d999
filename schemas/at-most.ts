import { z } from "zod";

/**
 * Limits the number of items of a list or entries of a map. It counts before it parses, because parsing 100,000 items only
 * to reject them blocks the process.
 */
export function atMost<Schema extends z.ZodType>(max: number, what: string, schema: Schema): Schema {
  return limited(sizeOf, max, what, schema);
}

/** Limits the length of a value as JSON, before it parses the value. */
export function atMostJson<Schema extends z.ZodType>(max: number, schema: Schema): Schema {
  return limited((value) => JSON.stringify(value ?? null).length, max, "characters of JSON", schema);
}

function limited<Schema extends z.ZodType>(
  measure: (value: unknown) => number,
  max: number,
  what: string,
  schema: Schema,
): Schema {
  const check = (value: unknown, context: z.core.$RefinementCtx): unknown => {
    if (measure(value) > max) {
      const message = `must be at most ${max.toLocaleString("en-US")} ${what}`;
      context.addIssue({ code: "custom", message, input: value });
    }
    return value;
  };
  // The check does not change the type of the schema.
  return z.preprocess(check, schema) as unknown as Schema;
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}
