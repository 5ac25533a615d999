import type { NewEventSchema } from "./event-schema";

/** Converts a schema to the JSON of the API, which the schema editor uses, too. It contains only what is declared. */
export function eventSchemaJson({ targets, actorMetadata, metadata }: NewEventSchema) {
  return {
    targets: targets.map(({ type, metadata }) => ({ type, ...(metadata && { metadata }) })),
    ...(actorMetadata && { actor: { metadata: actorMetadata } }),
    ...(metadata && { metadata }),
  };
}
