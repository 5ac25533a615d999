import { expect, test } from "vitest";
import { endOfString } from "@/schemas/exact-json";
import { isOversizedJson } from "./json-size";

const list = (items: number, item: unknown) => JSON.stringify(Array.from({ length: items }, () => item));

test.for([
  ["small objects", list(300_000, {})],
  ["numbers", list(300_000, 1)],
  ["properties", JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [n, n])))],
  ["lists in lists", "[".repeat(10_000) + "]".repeat(10_000)],
  ["objects that never end", '{"a":'.repeat(2_000)],
] as const)("many %s are oversized", ([, text]) => {
  expect(isOversizedJson(text)).toBe(true);
});

test.for([
  ["the longest valid list of filters", list(9_000, "x".repeat(100))],
  ["a long text with commas and brackets", JSON.stringify({ text: '[{,"\\'.repeat(20_000) })],
  ["a text of escaped quotes and backslashes", JSON.stringify([String.raw`\"`.repeat(50_000), ",".repeat(50_000)])],
] as const)("%s is not oversized", ([, text]) => {
  expect(isOversizedJson(text)).toBe(false);
});

test("a string ends at its first quote that is not escaped", () => {
  expect(endOfString(String.raw`"a\\\"b\\"c"`, 0)).toBe(9);
  expect(endOfString('"open', 0)).toBe(5);
});
