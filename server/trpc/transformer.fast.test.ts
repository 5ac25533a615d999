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
