import type { NewEventSchema } from "./event-schema";

/** A schema in the wire's spelling, as it is answered and as one edits it; what is not declared is left out. */
export function eventSchemaJson({ targets, actorMetadata, metadata }: NewEventSchema) {
  return {
    targets: targets.map(({ type, metadata }) => ({ type, ...(metadata && { metadata }) })),
    ...(actorMetadata && { actor: { metadata: actorMetadata } }),
    ...(metadata && { metadata }),
  };
}
