import { expect, test } from "vitest";
import { actorValues, targetValues } from "./filterable-values";

const party = (type: string, id: string, name: string | null = null) => ({ type, id, name, metadata: null });

test("an actor is found by its name and its id, and by its id alone where it has no name", () => {
  expect(actorValues(party("user", "ada", "Ada"))).toEqual([
    { field: "actorNames", value: "Ada" },
    { field: "actorIds", value: "ada" },
  ]);
  for (const none of [null, ""])
    expect(actorValues(party("user", "ada", none))).toEqual([{ field: "actorIds", value: "ada" }]);
});

test("targets that share a type offer it once, and those that the row does not name offer nothing", () => {
  const targets = [party("doc", "1"), party("doc", "2"), party("team", "2"), party("project", "4")];
  expect(targetValues(targets)).toEqual([
    { field: "targetTypes", value: "doc" },
    { field: "targetTypes", value: "team" },
    { field: "targetIds", value: "1" },
    { field: "targetIds", value: "2" },
  ]);
});
