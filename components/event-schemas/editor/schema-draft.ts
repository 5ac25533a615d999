import type { MetadataSchema, NewEventSchema } from "@/schemas/event-schemas/event-schema";

type Property = MetadataSchema["properties"][string];

/** A key of metadata as it is edited. What the editor does not show of `property` is kept. */
export interface DraftKey {
  /** Tells rows apart while their keys change. */
  readonly id: string;
  readonly key: string;
  readonly property: Property;
  readonly required: boolean;
}

/** One object of metadata as it is edited; `rest` is what the editor does not show of its schema. */
export interface DraftMetadata {
  readonly keys: readonly DraftKey[];
  readonly rest: Omit<MetadataSchema, "properties" | "required">;
  /** Required without being described. */
  readonly unlisted: readonly string[];
}

export interface DraftTarget {
  readonly id: string;
  readonly type: string;
  readonly metadata: DraftMetadata;
}

/** A schema as it is edited. */
export interface Draft {
  readonly targets: readonly DraftTarget[];
  readonly actor: DraftMetadata;
  readonly metadata: DraftMetadata;
}

let made = 0;
const newRowId = () => `row-${(made += 1)}`;

const EMPTY_METADATA: DraftMetadata = { keys: [], rest: { type: "object" }, unlisted: [] };

export function newKey(): DraftKey {
  return { id: newRowId(), key: "", property: { type: "string" }, required: false };
}

export function newTarget(): DraftTarget {
  return { id: newRowId(), type: "", metadata: EMPTY_METADATA };
}

/** Every schema names a target type, so there is one to be filled in. */
export const EMPTY_DRAFT: Draft = { targets: [newTarget()], actor: EMPTY_METADATA, metadata: EMPTY_METADATA };

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

/** The schema that the draft describes; not always one that can be made. */
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

/** What is wrong with a key, which the schema of keys could not tell: it has each key once. */
export function keyProblem(key: string, keys: readonly DraftKey[]): string | null {
  const name = key.trim();
  if (name === "") return "Give the key a name, or remove it.";
  if (!/^[a-zA-Z0-9_-]{1,40}$/.test(name)) return "At most 40 letters, digits, “_” or “-”.";
  return keys.filter((each) => each.key.trim() === name).length > 1 ? "This key is there twice." : null;
}

/** Whether every key could stand in a schema. */
export function keysAreSound({ targets, actor, metadata }: Draft): boolean {
  return [...targets.map((target) => target.metadata), actor, metadata].every(({ keys }) =>
    keys.every((each) => keyProblem(each.key, keys) === null),
  );
}
