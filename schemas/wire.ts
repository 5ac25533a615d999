import { z } from "zod";
import { MAX_ID_LENGTH } from "./limits";
import { recordOf } from "./record";
import { storableText } from "./text";

/** What the API reference shows of a schema whose own form would say little or nothing. */
export const referenceForms = new WeakMap<object, z.ZodType>();

/** The same schema, shown in the reference as `form`. */
export function described<Schema extends z.ZodType>(schema: Schema, form: z.ZodType): Schema {
  // A clone, since the same schema may be shown in other forms elsewhere.
  const clone = schema.clone();
  referenceForms.set(clone, form);
  return clone;
}

/** An id or other name of something that is looked up. */
export const id = storableText(MAX_ID_LENGTH);

/** The last value of a query parameter that may be repeated; empty counts as absent. */
export const last = z.array(z.string()).transform((values) => values.at(-1) || undefined);

/** In answers; ISO-8601 with three fraction digits and `Z`. */
export const time = z.date();

/** How the official SDKs spell "not given": absent, null or an empty text. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (value === undefined || value === null || value === "" ? null : value),
    schema.nullable(),
  );
}

/** A list of texts, also as a bare text (one element), null or an empty text (none). */
export const textList = z.preprocess((value) => {
  if (value === undefined || value === null || value === "") return [];
  return typeof value === "string" ? [value] : value;
}, z.array(z.string()));

/** An object of the customer's; PHP spells the empty one `[]`. */
export const wireMetadata = z.preprocess(
  (value) => (Array.isArray(value) && value.length === 0 ? {} : (value ?? null)),
  recordOf(z.string(), z.unknown()).nullable(),
);

/** The place of a problem in the sender's spelling: `event.targets.0.occurred_at`; keys of metadata stay as they are. */
export function wirePath(path: readonly PropertyKey[]): string {
  let own = true;
  return path
    .map((segment) => {
      const spelled = own
        ? String(segment).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
        : String(segment);
      if (segment === "metadata") own = false;
      return spelled;
    })
    .join(".");
}

/** The domain's own schema as the end of a `.pipe()`: it checks whatever the wire's spelling was turned into. */
// `any` for the input: a schema takes every value at run time, and its own input type would only repeat the wire's.
// oxlint-disable-next-line typescript/no-explicit-any
export function into<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, any> {
  // oxlint-disable-next-line typescript/no-explicit-any
  return schema as z.ZodType<z.output<Schema>, any>;
}
