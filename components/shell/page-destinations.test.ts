import { expect, test } from "vitest";
import { ROLES, type Role } from "@/schemas/team/roles";
import { PLACES } from "./navigation";
import { pageDestinations } from "./page-destinations";

const environments = [
  { id: "environment_1", name: "Staging", kind: "staging" },
  { id: "environment_2", name: "Production", kind: "production" },
] as const;
const found = (role: Role, search: string) =>
  pageDestinations({ role, environments, environmentId: "environment_1" }, search).flatMap((group) =>
    group.destinations.map(({ label }) => label),
  );

test("every place of the navigation can be jumped to by every role, and making an action by those who may", () => {
  for (const role of ROLES) expect(found(role, "")).toEqual(expect.arrayContaining(PLACES.map(({ label }) => label)));
  const mayMake = ROLES.filter((role) => found(role, "new action").length > 0);
  expect(mayMake).toEqual(["admin", "owner"]);
});

test("each word of the search is found anywhere in a name, and one's own environment is nowhere to go", () => {
  expect(found("owner", "KEYS api")).toEqual(["API keys"]);
  expect(found("owner", "switch")).toEqual(["Switch to Production"]);
  expect(found("owner", "nothing like it")).toEqual([]);
});
