import { z } from "zod";
import { MAX_ID_LENGTH } from "./limits";
import { recordOf } from "./record";
import { storableText } from "./text";

/** The schemas that the API reference shows in place of schemas that accept any input. */
export const referenceForms = new WeakMap<object, z.ZodType>();

/** Returns the same schema. The API reference shows it as `form`. */
export function described<Schema extends z.ZodType>(schema: Schema, form: z.ZodType): Schema {
  // A clone, because other fields can show the same schema in another form.
  const clone = schema.clone();
  referenceForms.set(clone, form);
  return clone;
}

/** An ID or another name that a request looks up. */
export const id = storableText(MAX_ID_LENGTH);

/** The last value of a query parameter that can be repeated. An empty value counts as absent. */
export const last = z.array(z.string()).transform((values) => values.at(-1) || undefined);

/** A timestamp in a response: ISO 8601 in UTC, with millisecond precision. */
export const time = z.date();

/** An optional value. The official SDKs leave it out, or send null or an empty string. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (value === undefined || value === null || value === "" ? null : value),
    schema.nullable(),
  );
}

/** A list of strings. A single string is a list of one; null and an empty string are empty lists. */
export const textList = z.preprocess((value) => {
  if (value === undefined || value === null || value === "") return [];
  return typeof value === "string" ? [value] : value;
}, z.array(z.string()));

/** The customer's metadata. PHP sends an empty object as `[]`. */
export const wireMetadata = z.preprocess(
  (value) => (Array.isArray(value) && value.length === 0 ? {} : (value ?? null)),
  recordOf(z.string(), z.unknown()).nullable(),
);

/** Finds in the request the field that a path in what it was converted to stands for. */
type SenderPath = (path: readonly PropertyKey[], value: unknown) => readonly PropertyKey[];

const senderPaths = new WeakMap<object, SenderPath>();

/** Returns the same schema. Errors name the request's fields with `toSenderPath` if the schema converts it to other fields. */
export function withSenderPaths<Schema extends z.ZodType>(schema: Schema, toSenderPath: SenderPath): Schema {
  senderPaths.set(schema, toSenderPath);
  return schema;
}

/** Returns the path in the request, as its sender spelled it, for the path of an issue. */
export function senderPath(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): readonly PropertyKey[] {
  return senderPaths.get(schema)?.(path, value) ?? path;
}

/**
 * Converts a path to a field of the request, such as `event.targets.0.occurred_at`. Keys of metadata, and other names that
 * are in the request itself, do not change.
 */
export function wirePath(path: readonly PropertyKey[], request?: unknown): string {
  let own = true;
  let value = request;
  return path
    .map((segment) => {
      const isSent = typeof value === "object" && value !== null && Object.hasOwn(value, segment);
      value = isSent ? (value as Readonly<Record<PropertyKey, unknown>>)[segment] : undefined;
      const name = String(segment);
      const spelled = own && !isSent ? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
      if (segment === "metadata") own = false;
      return spelled;
    })
    .join(".");
}

/** Makes a domain schema usable as the end of a `.pipe()`, to validate what a request body was converted to. */
// `any` as input: a schema accepts every value at run time, and the exact input type would repeat the wire's type.
// oxlint-disable-next-line typescript/no-explicit-any
export function into<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, any> {
  // oxlint-disable-next-line typescript/no-explicit-any
  return schema as z.ZodType<z.output<Schema>, any>;
}
