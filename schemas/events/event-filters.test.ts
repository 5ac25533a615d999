import { expect, test } from "vitest";
import { eventFilters, storedEventFilters } from "./event-filters";

const range = { from: new Date("2026-01-01T00:00:00.000Z"), to: new Date("2026-02-01T00:00:00.000Z") };

test("filters stored before target IDs, exclusions and search existed keep their meaning", () => {
  const old = {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    actions: ["a"],
    actorIds: [],
    actorNames: ["Ada"],
    targetTypes: [],
  };
  expect(storedEventFilters.parse(old)).toEqual(eventFilters.parse({ ...range, actions: ["a"], actorNames: ["Ada"] }));
});

test("stored filters are read back unchanged", () => {
  const filters = eventFilters.parse({
    ...range,
    targetIds: ["t"],
    exclude: { actorNames: ["Ada", "Ada"] },
    search: " x ",
  });
  expect(storedEventFilters.parse(JSON.parse(JSON.stringify(filters)))).toEqual(filters);
  expect(filters).toMatchObject({ search: "x", exclude: { actorNames: ["Ada"], actions: [], targetIds: [] } });
});

test("a search of more than 200 characters or with unstorable text is rejected", () => {
  for (const search of ["x".repeat(201), "a\u0000b", "\ud800"]) {
    expect(eventFilters.safeParse({ ...range, search }).error?.issues[0]?.path).toEqual(["search"]);
  }
  expect(eventFilters.parse({ ...range, search: ` ${"x".repeat(200)} ` }).search).toHaveLength(200);
});
