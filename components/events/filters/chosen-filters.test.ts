import { expect, test } from "vitest";
import { filterFor, filterOut, hasFilters, NO_FILTERS, withValues, type ChosenFilters } from "./chosen-filters";

const narrowed = (change: Partial<ChosenFilters>): ChosenFilters => ({ ...NO_FILTERS, ...change });
const actions = (side: "values" | "exclude", ...list: string[]) => ({
  [side]: { ...NO_FILTERS[side], actions: list },
});

test("each part alone narrows, and nothing does not", () => {
  expect(hasFilters(NO_FILTERS)).toBe(false);
  expect(hasFilters(narrowed({ search: "ada" }))).toBe(true);
  expect(hasFilters(narrowed(actions("values", "a")))).toBe(true);
  expect(hasFilters(narrowed(actions("exclude", "a")))).toBe(true);
});

test("filtering for a value leaves events with that value only, also where others were filtered for", () => {
  const before = narrowed({ ...actions("values", "a", "b"), ...actions("exclude", "c", "d"), search: "x" });
  const change = filterFor(before, "actions", "c");
  expect(change).toEqual({ ...actions("values", "c"), ...actions("exclude", "d") });
  expect(filterFor({ ...before, ...change }, "actions", "c")).toBeNull();
});

test("filtering out adds to what is out, and takes the value from what is filtered for", () => {
  const before = narrowed({ ...actions("values", "a", "b"), ...actions("exclude", "c") });
  const change = filterOut(before, "actions", "a");
  expect(change).toEqual({ ...actions("values", "b"), ...actions("exclude", "c", "a") });
  expect(filterOut({ ...before, ...change }, "actions", "a")).toBeNull();
});

test("no more values are filtered out than the server takes", () => {
  const full = narrowed(actions("exclude", ...Array.from({ length: 100 }, (_, n) => `a.${n}`)));
  expect(filterOut(full, "actions", "one more")).toBeNull();
  expect(filterOut(full, "actorIds", "one more")).not.toBeNull();
});

test("other fields stay as they are", () => {
  const before = narrowed({ values: { ...NO_FILTERS.values, actorIds: ["ada"] } });
  expect(withValues(before, "exclude", "actions", ["a"])).toEqual({
    values: before.values,
    exclude: { ...NO_FILTERS.exclude, actions: ["a"] },
  });
});
