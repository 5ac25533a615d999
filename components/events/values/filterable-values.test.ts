import { expect, test } from "vitest";
import { actorValues, targetValues } from "./filterable-values";

const party = (type: string, id: string, name: string | null = null) => ({ type, id, name, metadata: null });

test("an actor can be filtered by name, type and ID, or by type and ID if it has no name", () => {
  const values = actorValues(party("user", "ada", "Ada"));
  expect(values).toEqual([
    { field: "actorNames", value: "Ada" },
    { field: "actorTypes", value: "user" },
    { field: "actorIds", value: "ada" },
  ]);
  for (const missing of [null, ""]) {
    const unnamed = actorValues(party("user", "ada", missing));
    expect(unnamed).toEqual(values.slice(1));
  }
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
