import { expect, test } from "vitest";
import { RecentCounts } from "./recent-counts";

test("counts of this second and the one before are added by key", () => {
  const counts = new RecentCounts();
  counts.add("a", 10_100);
  counts.add("a", 10_900);
  counts.add("b", 10_900);
  counts.add("a", 11_000);
  expect(counts.of("a", 11_999)).toBe(3);
  expect(counts.of("b", 11_999)).toBe(1);
  expect(counts.of("c", 11_999)).toBe(0);
  expect(counts.of("a", 12_000)).toBe(1);
});

test("counts are forgotten after a pause", () => {
  const counts = new RecentCounts();
  counts.add("a", 10_100);
  expect(counts.of("a", 60_000)).toBe(0);
});

test("a flood of keys takes a bounded amount of memory, and known keys still count", () => {
  const counts = new RecentCounts();
  for (let n = 0; n < 60_000; n += 1) counts.add(`key ${n}`, 500);
  counts.add("key 0", 500);
  expect(counts.of("key 0", 500)).toBe(2);
  expect(counts.of("key 59999", 500)).toBe(0);
});
