import { expect, test } from "vitest";
import { rowsWithin, topsOf } from "./row-positions";

const keys = Array.from({ length: 1000 }, (_, n) => `key-${n}`);

test("rows stack with their measured heights or the default height", () => {
  expect(topsOf(["a", "b", "c"], new Map([["b", 90]]), 57)).toEqual([0, 57, 147, 204]);
  expect(topsOf([], new Map(), 57)).toEqual([0]);
});

test("a window contains the rows at least partly inside it and the pinned row", () => {
  const tops = topsOf(keys, new Map(), 50);
  expect(rowsWithin(tops, { from: 125, to: 260, pinned: 3 })).toEqual([2, 3, 4, 5]);
  expect(rowsWithin(tops, { from: 125, to: 260, pinned: 900 })).toEqual([2, 3, 4, 5, 900]);
  expect(rowsWithin(tops, { from: 125, to: 260, pinned: 0 })).toEqual([0, 2, 3, 4, 5]);
  expect(rowsWithin(tops, { from: -500, to: 60, pinned: 0 })).toEqual([0, 1]);
  expect(rowsWithin(tops, { from: 49_930, to: 60_000, pinned: -1 })).toEqual([998, 999]);
});

test("a window outside of all rows contains only the pinned row, and nothing without rows", () => {
  const tops = topsOf(keys, new Map(), 50);
  expect(rowsWithin(tops, { from: 70_000, to: 80_000, pinned: 2 })).toEqual([2]);
  expect(rowsWithin(tops, { from: -900, to: -100, pinned: 2 })).toEqual([2]);
  expect(rowsWithin([0], { from: 0, to: 500, pinned: 0 })).toEqual([]);
});
