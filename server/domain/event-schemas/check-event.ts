import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { NewEvent } from "@/schemas/events/event";
import type { EventSchemaVersion, MetadataSchema } from "@/schemas/event-schemas/event-schema";
import type { Violation } from "@/server/kernel/errors";

/** Checks an event against one version of a schema; returns an empty list if it conforms. */
export type EventCheck = (event: NewEvent) => readonly Violation[];

// Own properties only: every object inherits a `constructor`, and metadata may define one.
const ajv = new Ajv({ allErrors: true, strict: false, ownProperties: true });

/** Compiles a version's checks: required target types, and the metadata of the event, the actor and each target type. */
export function compileEventCheck(schema: EventSchemaVersion): EventCheck {
  const root = compileMetadata(schema.metadata);
  const actor = compileMetadata(schema.actorMetadata);
  const targets = new Map(schema.targets.map((each) => [each.type, compileMetadata(each.metadata)]));
  return (event) => [
    ...missingTargets(event, [...targets.keys()]),
    ...root(event.metadata, "/metadata"),
    ...actor(event.actor.metadata, "/actor/metadata"),
    ...event.targets.flatMap(
      (target, index) => targets.get(target.type)?.(target.metadata, `/targets/${index}/metadata`) ?? [],
    ),
  ];
}

/** The event needs at least one target of every declared type; other types are allowed. */
function missingTargets(event: NewEvent, declared: readonly string[]): Violation[] {
  const present = new Set(event.targets.map((target) => target.type));
  return declared
    .filter((type) => !present.has(type))
    .map((type) => ({
      code: "missing_target",
      instancePath: "/targets",
      message: `must contain a target of type '${type}'`,
    }));
}

type MetadataCheck = (metadata: NewEvent["metadata"], path: string) => Violation[];

function compileMetadata(schema: MetadataSchema | null): MetadataCheck {
  // For "nothing declared", an SDK sends an empty map of properties.
  const declaresKeys =
    schema !== null && (Object.keys(schema.properties).length > 0 || (schema.required?.length ?? 0) > 0);
  if (!declaresKeys) return () => [];
  const validate: ValidateFunction = ajv.compile(schema);
  return (metadata, path) =>
    validate(metadata ?? {}) ? [] : (validate.errors ?? []).map((error) => violation(error, path));
}

function violation(error: ErrorObject, path: string): Violation {
  return {
    code: error.keyword,
    instancePath: path + error.instancePath,
    message: error.message ?? "does not match the schema",
  };
}
