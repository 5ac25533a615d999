import { expect, test } from "vitest";
import { filterFor, filterOut, isNarrowed, NOT_NARROWED, withValues, type Narrowing } from "./chosen-filters";

const narrowed = (change: Partial<Narrowing>): Narrowing => ({ ...NOT_NARROWED, ...change });
const actions = (side: "values" | "exclude", ...list: string[]) => ({
  [side]: { ...NOT_NARROWED[side], actions: list },
});

test("each part alone narrows, and nothing does not", () => {
  expect(isNarrowed(NOT_NARROWED)).toBe(false);
  expect(isNarrowed(narrowed({ search: "ada" }))).toBe(true);
  expect(isNarrowed(narrowed(actions("values", "a")))).toBe(true);
  expect(isNarrowed(narrowed(actions("exclude", "a")))).toBe(true);
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
  const before = narrowed({ values: { ...NOT_NARROWED.values, actorIds: ["ada"] } });
  expect(withValues(before, "exclude", "actions", ["a"])).toEqual({
    values: before.values,
    exclude: { ...NOT_NARROWED.exclude, actions: ["a"] },
  });
});
