import { expect, test } from "vitest";
import { actorValues, targetValues } from "./filterable-values";

const party = (type: string, id: string, name: string | null = null) => ({ type, id, name, metadata: null });

test("an actor can be filtered by name and ID, or only by ID if it has no name", () => {
  expect(actorValues(party("user", "ada", "Ada"))).toEqual([
    { field: "actorNames", value: "Ada" },
    { field: "actorIds", value: "ada" },
  ]);
  for (const missing of [null, ""])
    expect(actorValues(party("user", "ada", missing))).toEqual([{ field: "actorIds", value: "ada" }]);
});

test("a row offers each target type and ID once, and only of the targets it lists", () => {
  const targets = [party("doc", "1"), party("doc", "2"), party("team", "2"), party("project", "4")];
  expect(targetValues(targets)).toEqual([
    { field: "targetTypes", value: "doc" },
    { field: "targetTypes", value: "team" },
    { field: "targetIds", value: "1" },
    { field: "targetIds", value: "2" },
  ]);
});
