import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { seededRandom } from "@/prisma/seed/random";
import { metadataSchema, type MetadataSchema } from "@/schemas/event-schemas/event-schema";
import type { Metadata, NewEvent } from "@/schemas/events/event";
import { createEventCheck } from "./check-event";

const KEYS = ["a", "b", "constructor", "toString", "x-1"] as const;
const VALUES = ["", "a", "ab", "🙂🙂", "\u0301", "5", 0, -1, 2, 1e300, 0.1, true, false] as const;

function eventWith(metadata: Metadata | null, changes: Partial<NewEvent> = {}): NewEvent {
  return {
    action: "a.b",
    version: 1,
    occurredAt: new Date(0),
    actor: { id: "u", type: "user", name: null, metadata },
    targets: [{ id: "t", type: "team", name: null, metadata }],
    context: { location: "", userAgent: null },
    metadata,
    ...changes,
  };
}

test("metadata is checked like ajv checks it, for thousands of random events", () => {
  const random = seededRandom(15);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const some = <Item>(items: readonly Item[]): Item[] => items.filter(() => random() < 0.5);
  const maybe = (entry: object) => (random() < 0.4 ? entry : {});
  const randomSchema = (): MetadataSchema => {
    const properties = some(KEYS).map((key) => {
      const types = some(["string", "number", "boolean"]);
      return [
        key,
        {
          type: types.length > 1 ? types : pick(["string", "number", "boolean"]),
          ...maybe({ enum: [pick(VALUES), pick(VALUES)] }),
          ...maybe({ minLength: pick([0, 1, 2]) }),
          ...maybe({ maxLength: pick([0, 1, 2]) }),
          ...maybe({ minimum: pick([-1, 0, 1]) }),
          ...maybe({ maximum: pick([0, 0.5, 1e200]) }),
        },
      ];
    });
    const limits = { ...maybe({ required: some(KEYS) }), ...maybe({ additionalProperties: random() < 0.5 }) };
    return metadataSchema.parse({ properties: Object.fromEntries(properties), ...limits });
  };
  const ajv = new Ajv({ allErrors: true, strict: false, ownProperties: true, validateSchema: false });
  const randomMetadata = () =>
    random() < 0.1 ? null : Object.fromEntries(some([...KEYS, "other"]).map((key) => [key, pick(VALUES)]));
  const sorted = (list: readonly object[]) =>
    list.map((each) => JSON.stringify(each, Object.keys(each).toSorted())).toSorted();
  const outcomes = { valid: 0, invalid: 0 };
  for (let n = 0; n < 250; n += 1) {
    const schema = randomSchema();
    const check = createEventCheck({ targets: [], actorMetadata: null, metadata: schema });
    const declaresKeys = Object.keys(schema.properties).length > 0 || (schema.required?.length ?? 0) > 0;
    const validate = ajv.compile(schema);
    for (let sent = 0; sent < 12; sent += 1) {
      const metadata = randomMetadata();
      const isValid = !declaresKeys || validate(metadata ?? {});
      const expected = (isValid ? [] : (validate.errors ?? [])).map(({ keyword, instancePath, message }) => {
        return { code: keyword, instancePath: `/metadata${instancePath}`, message };
      });
      const found = check(eventWith(metadata));
      expect(sorted(found), JSON.stringify({ schema, metadata })).toEqual(sorted(expected));
      outcomes[isValid ? "valid" : "invalid"] += 1;
    }
  }
  expect(Math.min(outcomes.valid, outcomes.invalid)).toBeGreaterThan(300);
});

test("the metadata of the event, the actor and each declared target is checked by its own schema", () => {
  const needs = (key: string) => metadataSchema.parse({ required: [key] });
  const check = createEventCheck({
    targets: [
      { type: "team", metadata: needs("team") },
      { type: "user", metadata: null },
    ],
    actorMetadata: needs("actor"),
    metadata: needs("event"),
  });
  const paths = (event: NewEvent) => check(event).map(({ instancePath }) => instancePath);
  expect(paths(eventWith(null))).toEqual(["/targets", "/metadata", "/actor/metadata", "/targets/0/metadata"]);
  expect(paths(eventWith({ event: 1, actor: 1, team: 1 }))).toEqual(["/targets"]);
  const user = { id: "u", type: "user", name: null, metadata: null };
  expect(paths(eventWith(null, { targets: [user, { ...user, type: "other" }] }))).toEqual([
    "/targets",
    "/metadata",
    "/actor/metadata",
  ]);
});
