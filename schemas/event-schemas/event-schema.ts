import { z } from "zod";
import { atMost, atMostJson } from "@/schemas/at-most";
import { EVENT_LIMITS, SCHEMA_LIMITS } from "@/schemas/limits";
import { recordOf } from "@/schemas/record";
import { requiredText, storableText } from "@/schemas/text";

const propertyType = z.enum(["string", "number", "boolean"]);

const property = z.strictObject(
  {
    type: z.union([propertyType, atMost(3, "types", z.array(propertyType).min(1))]),
    description: storableText(500).optional(),
    enum: atMost(
      SCHEMA_LIMITS.enumValues,
      "values",
      z.array(z.union([storableText(500), z.number(), z.boolean()])).min(1),
    ).optional(),
    minLength: z.number().int().min(0).optional(),
    maxLength: z.number().int().min(0).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `has unsupported keywords: ${issue.keys.join(", ")}` : undefined,
  },
);
export type MetadataProperty = z.output<typeof property>;

/**
 * The subset of JSON Schema that describes flat metadata with strings, numbers and booleans. `pattern` is not supported
 * on purpose: one customer's slow regular expression could block the events of all others.
 */
export const metadataSchema = z.strictObject(
  {
    type: z.literal("object").default("object"),
    description: storableText(500).optional(),
    properties: atMost(
      EVENT_LIMITS.metadataKeys,
      "properties",
      recordOf(z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/, "must be at most 40 letters, digits, '_' or '-'"), property),
    ).default({}),
    required: atMost(EVENT_LIMITS.metadataKeys, "keys", z.array(storableText(40))).optional(),
    additionalProperties: z.boolean().optional(),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `has unsupported keywords: ${issue.keys.join(", ")}` : undefined,
  },
);
export type MetadataSchema = z.output<typeof metadataSchema>;

/** A new version of an action's schema. */
export const newEventSchema = atMostJson(
  SCHEMA_LIMITS.characters,
  z.object({
    targets: atMost(
      SCHEMA_LIMITS.targetTypes,
      "target types",
      z
        .array(z.object({ type: requiredText(500), metadata: metadataSchema.nullable() }))
        .min(1, "must list at least one target type")
        .refine((list) => new Set(list.map((each) => each.type)).size === list.length, "must not list a type twice"),
    ),
    actorMetadata: metadataSchema.nullable(),
    metadata: metadataSchema.nullable(),
  }),
);
export type NewEventSchema = z.output<typeof newEventSchema>;

/** A stored version. It never changes. */
export interface EventSchemaVersion extends NewEventSchema {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
}

/** An action with its newest schema version. `schema` is null if the action was only seen in events. */
export interface EventAction {
  readonly id: string;
  readonly name: string;
  readonly schema: EventSchemaVersion | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A schema that an action's recent events match. */
export interface SchemaProposal {
  /** How many events the proposal is based on. */
  readonly events: number;
  /** It is incomplete (and cannot be created) if the events have no target type in common. */
  readonly schema: NewEventSchema;
}
