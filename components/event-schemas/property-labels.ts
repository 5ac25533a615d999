import type { MetadataSchema } from "@/schemas/event-schemas/event-schema";

type Property = MetadataSchema["properties"][string];

/** The JSON Schema types, such as `string` or `string or number`. */
export function typeLabel({ type }: Pick<Property, "type">): string {
  return [type].flat().join(" or ");
}

/** Describes the key's other rules, one phrase each. */
export function limitsOf(property: Property): string[] {
  const { description, enum: values, minLength, maxLength, minimum, maximum } = property;
  return [
    ...(description ? [description] : []),
    ...(values ? [`one of ${values.map((value) => JSON.stringify(value)).join(", ")}`] : []),
    ...(minLength === undefined ? [] : [`at least ${minLength} characters`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ];
}
