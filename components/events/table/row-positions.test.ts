import { expect, test } from "vitest";
import { placesWithin, topsOf } from "./row-positions";

const keys = Array.from({ length: 1000 }, (_, n) => `key-${n}`);

test("rows stand below each other, those that were not measured as high as is usual", () => {
  expect(topsOf(["a", "b", "c"], new Map([["b", 90]]), 57)).toEqual([0, 57, 147, 204]);
  expect(topsOf([], new Map(), 57)).toEqual([0]);
});

test("the rows of a window are those at least partly in it, and the pinned one", () => {
  const tops = topsOf(keys, new Map(), 50);
  expect(placesWithin(tops, { from: 125, to: 260, pinned: 3 })).toEqual([2, 3, 4, 5]);
  expect(placesWithin(tops, { from: 125, to: 260, pinned: 900 })).toEqual([2, 3, 4, 5, 900]);
  expect(placesWithin(tops, { from: 125, to: 260, pinned: 0 })).toEqual([0, 2, 3, 4, 5]);
  expect(placesWithin(tops, { from: -500, to: 60, pinned: 0 })).toEqual([0, 1]);
  expect(placesWithin(tops, { from: 49_930, to: 60_000, pinned: -1 })).toEqual([998, 999]);
});

test("beyond the rows only the pinned one is left, and of no rows none", () => {
  const tops = topsOf(keys, new Map(), 50);
  expect(placesWithin(tops, { from: 70_000, to: 80_000, pinned: 2 })).toEqual([2]);
  expect(placesWithin(tops, { from: -900, to: -100, pinned: 2 })).toEqual([2]);
  expect(placesWithin([0], { from: 0, to: 500, pinned: 0 })).toEqual([]);
});
