import type { MetadataSchema, NewEventSchema } from "@/schemas/event-schemas/event-schema";

type Property = MetadataSchema["properties"][string];

/** A metadata key in the editor. Parts of `property` that the editor does not show are kept. */
export interface DraftKey {
  /** Identifies the row while its key changes. */
  readonly id: string;
  readonly key: string;
  readonly property: Property;
  readonly required: boolean;
}

/** A metadata object in the editor. `rest` holds the parts of its schema that the editor does not show. */
export interface DraftMetadata {
  readonly keys: readonly DraftKey[];
  readonly rest: Omit<MetadataSchema, "properties" | "required">;
  /** Keys that are required but have no property in the schema. */
  readonly unlisted: readonly string[];
}

export interface DraftTarget {
  readonly id: string;
  readonly type: string;
  readonly metadata: DraftMetadata;
}

/** A schema in the editor. */
export interface Draft {
  readonly targets: readonly DraftTarget[];
  readonly actor: DraftMetadata;
  readonly metadata: DraftMetadata;
}

let lastRow = 0;
const newRowId = () => `row-${(lastRow += 1)}`;

const EMPTY_METADATA: DraftMetadata = { keys: [], rest: { type: "object" }, unlisted: [] };

export function newKey(): DraftKey {
  return { id: newRowId(), key: "", property: { type: "string" }, required: false };
}

export function newTarget(): DraftTarget {
  return { id: newRowId(), type: "", metadata: EMPTY_METADATA };
}

/** Every schema needs a target type, so a new draft starts with an empty one. */
export const EMPTY_DRAFT: Draft = { targets: [newTarget()], actor: EMPTY_METADATA, metadata: EMPTY_METADATA };

/** Converts a schema into a draft. */
export function draftOf({ targets, actorMetadata, metadata }: NewEventSchema): Draft {
  const drafts = targets.map((target) => ({
    id: newRowId(),
    type: target.type,
    metadata: draftMetadata(target.metadata),
  }));
  return {
    targets: drafts.length > 0 ? drafts : [newTarget()],
    actor: draftMetadata(actorMetadata),
    metadata: draftMetadata(metadata),
  };
}

function draftMetadata(schema: MetadataSchema | null): DraftMetadata {
  if (!schema) return EMPTY_METADATA;
  const { properties, required = [], ...rest } = schema;
  const keys = Object.entries(properties).map(([key, property]) => {
    return { id: newRowId(), key, property, required: required.includes(key) };
  });
  return { keys, rest, unlisted: required.filter((key) => !(key in properties)) };
}

/** Converts a draft into a schema, which may be invalid. */
export function schemaOf({ targets, actor, metadata }: Draft): NewEventSchema {
  return {
    targets: targets.map((target) => ({ type: target.type.trim(), metadata: metadataOf(target.metadata) })),
    actorMetadata: metadataOf(actor),
    metadata: metadataOf(metadata),
  };
}

function metadataOf({ keys, rest, unlisted }: DraftMetadata): MetadataSchema | null {
  const { type, ...more } = rest;
  const required = [...keys.filter((each) => each.required).map((each) => each.key.trim()), ...unlisted];
  if (keys.length === 0 && required.length === 0 && Object.keys(more).length === 0) return null;
  const properties = Object.fromEntries(keys.map((each) => [each.key.trim(), each.property]));
  return { type, ...more, properties, ...(required.length > 0 && { required }) };
}

/** Returns what is wrong with a key, or null. Duplicates must be found here, since the schema object would merge them. */
export function keyProblem(key: string, keys: readonly DraftKey[]): string | null {
  const name = key.trim();
  if (name === "") return "Enter a key name or remove the row.";
  if (!/^[a-zA-Z0-9_-]{1,40}$/.test(name)) return "Use up to 40 letters, digits, “_” or “-”.";
  return keys.filter((each) => each.key.trim() === name).length > 1 ? "This key is already listed." : null;
}

/** Returns whether all keys are valid. */
export function keysAreValid({ targets, actor, metadata }: Draft): boolean {
  return [...targets.map((target) => target.metadata), actor, metadata].every(({ keys }) =>
    keys.every((each) => keyProblem(each.key, keys) === null),
  );
}
