import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { DomainError } from "@/server/kernel/errors";
import { readItems, readLines } from "./read-items";

const odd = [
  null,
  true,
  -1.5e3,
  "",
  '"],[{\\',
  "\\",
  "\u2028ü😀",
  [],
  {},
  [[1, 2], { a: [",", "]"] }],
  { events: [1] },
];
const items = Array.from({ length: 900 }, (_, n) => ({ n, value: odd[n % odd.length], padding: "x".repeat(200) }));

/** Counts how often other work could run before `work` was done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  void work.catch(() => null).finally(() => (isDone = true));
  let turns = 0;
  for (; !isDone; turns += 1) await nextTurn();
  return turns;
}

test.for([
  ["a list", JSON.stringify(items)],
  ["a list with white space", `\n ${JSON.stringify(items, null, "\t")} \r\n`],
  ["an object", JSON.stringify({ events: items })],
  [
    "an object with other keys",
    JSON.stringify({ "a,[": '"events":[', nested: { events: [1] }, events: items, z: [{}] }),
  ],
  ["an object with white space", JSON.stringify({ first: "events", events: items }, null, " ")],
] as const)("a long body that is %s is read as by JSON.parse", async ([, text]) => {
  expect(text.length).toBeGreaterThan(128_000);
  expect(await readItems(text, 1_000)).toEqual(JSON.parse(text));
});

test("short bodies are returned as they are", async () => {
  expect(await readItems('{"events":[1],"a":2}', 1_000)).toEqual({ events: [1], a: 2 });
  expect(await readItems("[]", 1_000)).toEqual([]);
  expect(await readItems('"text"', 1_000)).toBe("text");
});

test("many small items in a short body are read although they have many values", async () => {
  const small = Array.from({ length: 1_000 }, () => ({ a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }));
  expect(await readItems(JSON.stringify(small), 1_000)).toEqual(small);
});

test("no more than one item beyond the limit is read", async () => {
  expect(await readItems(`[${"{},".repeat(3_000_000)}{}]`, 1_000)).toHaveLength(1_001);
  expect(await readLines("{}\n".repeat(100_000), 1_000)).toHaveLength(1_001);
});

const long = JSON.stringify(items);
test.for([
  `${long},`,
  `${long}]`,
  long.slice(0, -1),
  `${long.slice(0, -1)},]`,
  `[,${long.slice(1)}`,
  `[NaN,${long.slice(1)}`,
  `{"events":${long}`,
  `{"events":${long},}`,
  `{"other":${long}}`,
  `{"events":${long},"events":[1]}`,
  `{"events":"${"x".repeat(200_000)}"}`,
  `"${"x".repeat(200_000)}"`,
  "[".repeat(200_000),
  " ".repeat(200_000),
])("a long body that is not valid JSON is rejected (case %#)", async (text) => {
  const failure: unknown = await readItems(text, 1_000).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DomainError);
  expect(failure).toMatchObject({ code: "invalid_request", details: { wireCode: "invalid_json" } });
});

test("an item with too many values or levels is replaced, and the others are read", async () => {
  const deep = "[".repeat(500) + "]".repeat(500);
  const text = `[1,[${"{},".repeat(100_000)}{}],${deep},2]`;
  expect(await readItems(text, 1_000)).toEqual([1, expect.any(Symbol), expect.any(Symbol), 2]);
  expect(await readLines(text.slice(1, -1).replaceAll("],", "]\n").replace(",", "\n"), 1_000)).toContain(2);
});

test.for([
  [
    "items",
    readItems,
    `[${JSON.stringify({ padding: '\\"'.repeat(4_000) })
      .concat(",")
      .repeat(600)}0]`,
  ],
  ["small values", readItems, `[[${"0,".repeat(4_900_000)}0]]`],
  ["lines", readLines, `${JSON.stringify({ padding: "x".repeat(9_000) })}\n`.repeat(1_000)],
  ["empty lines", readLines, "\n".repeat(9_000_000)],
] as const)("10 MB of %s are read in slices that let other work run", async ([, read, text]) => {
  expect(await turnsDuring(read(text, 1_000))).toBeGreaterThan(2);
});
