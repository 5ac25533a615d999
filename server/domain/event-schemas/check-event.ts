import type { MetadataProperty, MetadataSchema, NewEventSchema } from "@/schemas/event-schemas/event-schema";
import type { Metadata, NewEvent } from "@/schemas/events/event";
import type { Violation } from "@/server/kernel/errors";

/** Checks an event against one version of a schema; returns an empty list if it conforms. */
export type EventCheck = (event: NewEvent) => readonly Violation[];

/**
 * Returns a version's check: required target types, and the metadata of the event, the actor and each target type. It
 * reads the schema as it is and compiles nothing: compiling a large schema blocks the process for seconds, whereas this
 * check takes time in proportion to the event.
 */
export function createEventCheck({ targets, actorMetadata, metadata }: NewEventSchema): EventCheck {
  const root = metadataCheck(metadata);
  const actor = metadataCheck(actorMetadata);
  const types = targets.map((each) => each.type);
  const checks = new Map(targets.map((each) => [each.type, metadataCheck(each.metadata)]));
  return (event) => [
    ...missingTargets(event, types),
    ...root(event.metadata, "/metadata"),
    ...actor(event.actor.metadata, "/actor/metadata"),
    ...event.targets.flatMap(
      (target, index) => checks.get(target.type)?.(target.metadata, `/targets/${index}/metadata`) ?? [],
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

type MetadataCheck = (metadata: Metadata | null, path: string) => Violation[];

/** Reports what JSON Schema reports, with ajv's codes and messages; the test compares both. */
function metadataCheck(schema: MetadataSchema | null): MetadataCheck {
  const { properties = {}, required = [], additionalProperties = true } = schema ?? {};
  // For "nothing declared", an SDK sends an empty map of properties.
  if (required.length === 0 && Object.keys(properties).length === 0) return () => [];
  return (metadata, path) => {
    const given = metadata ?? {};
    const violations: Violation[] = required
      .filter((key) => !Object.hasOwn(given, key))
      .map((key) => ({ code: "required", instancePath: path, message: `must have required property '${key}'` }));
    for (const [key, value] of Object.entries(given)) {
      // Own properties only: every object inherits a `constructor`, and metadata may define one.
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (property) violations.push(...valueViolations(property, value, `${path}/${key}`));
      else if (!additionalProperties) {
        const message = "must NOT have additional properties";
        violations.push({ code: "additionalProperties", instancePath: path, message });
      }
    }
    return violations;
  };
}

function valueViolations(property: MetadataProperty, value: Metadata[string], instancePath: string): Violation[] {
  const violations: Violation[] = [];
  const report = (code: string, message: string) => violations.push({ code, instancePath, message });
  const types = Array.isArray(property.type) ? property.type : [property.type];
  if (!types.some((type) => type === typeof value)) report("type", `must be ${types.join(",")}`);
  if (property.enum && !property.enum.includes(value)) report("enum", "must be equal to one of the allowed values");
  const { minimum, maximum, minLength, maxLength } = property;
  if (typeof value === "number") {
    if (maximum !== undefined && value > maximum) report("maximum", `must be <= ${maximum}`);
    if (minimum !== undefined && value < minimum) report("minimum", `must be >= ${minimum}`);
  }
  if (typeof value === "string" && (minLength !== undefined || maxLength !== undefined)) {
    // JSON Schema counts code points.
    const length = Array.from(value).length;
    if (maxLength !== undefined && length > maxLength)
      report("maxLength", `must NOT have more than ${maxLength} characters`);
    if (minLength !== undefined && length < minLength)
      report("minLength", `must NOT have fewer than ${minLength} characters`);
  }
  return violations;
}
