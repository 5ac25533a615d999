import superjson from "superjson";
import { expect, test } from "vitest";
import { transformer } from "./transformer";

test("metadata whose keys superjson rejects reaches clients unchanged, together with dates", () => {
  const occurredAt = new Date("2026-09-15T12:00:00.000Z");
  const metadata = JSON.parse('{"constructor":"x","prototype":1,"toString":true,"hasOwnProperty":"y"}') as object;
  const page = {
    items: [
      { occurredAt, metadata, targets: [{ metadata }] },
      { occurredAt, metadata: { plain: 1 } },
    ],
  };
  expect(() => superjson.serialize(page)).toThrow();
  const sent = JSON.stringify(transformer.serialize(page));
  expect(superjson.deserialize(JSON.parse(sent))).toEqual(page);
});

test("inputs can contain dates and undefined values", () => {
  const input = {
    from: new Date("2026-09-15T12:00:00.000Z"),
    cursor: undefined,
    list: [new Date(0), { a: undefined }],
  };
  expect(transformer.deserialize(superjson.serialize(input))).toEqual(input);
  expect(transformer.deserialize(superjson.serialize(new Date(0)))).toEqual(new Date(0));
});

test.for([
  ["a big integer", 10n],
  ["a regular expression", { nested: [/a/] }],
  ["a map", new Map([["a", new Date(0)]])],
  ["a set", new Set([1])],
  ["an error", new Error("no")],
  ["an infinite number", { deeply: { nested: Infinity } }],
  ["a typed array", new Uint8Array(1)],
  ["a URL", new URL("https://example.com")],
] as const)("an input with %s is rejected before it is created", ([, value]) => {
  expect(() => transformer.deserialize(superjson.serialize({ date: new Date(0), value }))).toThrow(
    "no procedure accepts",
  );
});
