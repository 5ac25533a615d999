import { z } from "zod";
import { nearestName } from "./nearest-name";

/** A field that no schema has. */
export interface UnknownField {
  readonly path: readonly string[];
  /** The known field next to it that it most likely stands for. */
  readonly nearest: string | undefined;
}

const MAX_UNKNOWN_FIELDS = 20;

/**
 * Finds the fields of `value` that none of the schemas has, at every depth. A schema ignores such a field; if it should
 * have filtered a result, the result would be too large. Fields without a value are left out, because they do not filter:
 * null, an empty text and an empty list.
 * @param also names that are known at the top, too
 */
export function findUnknownFields(
  schemas: readonly z.core.$ZodType[],
  value: unknown,
  also: readonly string[] = [],
): readonly UnknownField[] {
  const found: UnknownField[] = [];
  collect(schemas, value, [], also, found);
  return found;
}

function collect(
  schemas: readonly z.core.$ZodType[],
  value: unknown,
  path: readonly string[],
  also: readonly string[],
  found: UnknownField[],
): void {
  const inner = schemas.map(unwrapped);
  if (Array.isArray(value)) {
    const elements = inner.flatMap((schema) => (schema instanceof z.ZodArray ? [schema.element] : []));
    if (!elements.some(hasFields)) return;
    for (const [n, item] of value.entries()) collect(elements, item, [...path, String(n)], [], found);
    return;
  }
  const objects = inner.filter((schema) => schema instanceof z.ZodObject);
  // Other schemas, and objects that say themselves what they do with other fields, know all fields.
  if (!isPlainObject(value) || objects.length < inner.length || objects.some(({ def }) => def.catchall)) return;
  for (const [name, field] of Object.entries(value)) {
    if (found.length >= MAX_UNKNOWN_FIELDS) return;
    const shapes = objects.flatMap(({ shape }) => (Object.hasOwn(shape, name) ? [shape[name]] : []));
    const fields = shapes.filter((schema) => schema !== undefined);
    if (fields.length > 0) collect(fields, field, [...path, name], [], found);
    else if (!isEmpty(field) && !also.includes(name)) {
      const known = objects.flatMap(({ shape }) => Object.keys(shape));
      found.push({ path: [...path, name], nearest: nearestName(name, known) });
    }
  }
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isEmpty(value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.every((each) => each === undefined || each === null || each === "");
}

/** Whether values of the schema have fields, or contain values that do. */
function hasFields(schema: z.core.$ZodType): boolean {
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject || inner instanceof z.ZodArray;
}

/** Returns the schema that sees the input: without conversions, defaults and the like around it. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) {
    const { in: first, out } = schema.def;
    return unwrapped(first instanceof z.ZodTransform ? out : first);
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodNonOptional
  ) {
    return unwrapped(schema.def.innerType);
  }
  return schema;
}
