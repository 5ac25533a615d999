import { expect, test } from "vitest";
import { filterFor, filterOut, hasFilters, NO_FILTERS, withValues, type ChosenFilters } from "./chosen-filters";

const chosen = (change: Partial<ChosenFilters>): ChosenFilters => ({ ...NO_FILTERS, ...change });
const actions = (mode: "include" | "exclude", ...list: string[]) => ({
  [mode]: { ...NO_FILTERS[mode], actions: list },
});

test("search, included values and excluded values each count as a filter", () => {
  expect(hasFilters(NO_FILTERS)).toBe(false);
  expect(hasFilters(chosen({ search: "ada" }))).toBe(true);
  expect(hasFilters(chosen(actions("include", "a")))).toBe(true);
  expect(hasFilters(chosen(actions("exclude", "a")))).toBe(true);
});

test("filtering for a value replaces the included values of its field", () => {
  const before = chosen({ ...actions("include", "a", "b"), ...actions("exclude", "c", "d"), search: "x" });
  const change = filterFor(before, "actions", "c");
  expect(change).toEqual({ ...actions("include", "c"), ...actions("exclude", "d") });
  expect(filterFor({ ...before, ...change }, "actions", "c")).toBeNull();
});

test("filtering out a value keeps the other excluded values and stops including it", () => {
  const before = chosen({ ...actions("include", "a", "b"), ...actions("exclude", "c") });
  const change = filterOut(before, "actions", "a");
  expect(change).toEqual({ ...actions("include", "b"), ...actions("exclude", "c", "a") });
  expect(filterOut({ ...before, ...change }, "actions", "a")).toBeNull();
});

test("no more values can be excluded than the server accepts", () => {
  const full = chosen(actions("exclude", ...Array.from({ length: 100 }, (_, n) => `a.${n}`)));
  expect(filterOut(full, "actions", "one more")).toBeNull();
  expect(filterOut(full, "actorIds", "one more")).not.toBeNull();
});

test("changing one field keeps the values of the other fields", () => {
  const before = chosen({ include: { ...NO_FILTERS.include, actorIds: ["ada"] } });
  expect(withValues(before, "exclude", "actions", ["a"])).toEqual({
    include: before.include,
    exclude: { ...NO_FILTERS.exclude, actions: ["a"] },
  });
});
