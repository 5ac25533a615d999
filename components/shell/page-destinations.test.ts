import { expect, test } from "vitest";
import { ROLES, type Role } from "@/schemas/team/roles";
import { MAIN_PAGES } from "./navigation";
import { pageDestinations } from "./page-destinations";

const environments = [
  { id: "environment_1", name: "Staging", kind: "staging" },
  { id: "environment_2", name: "Production", kind: "production" },
] as const;
const found = (role: Role, search: string) =>
  pageDestinations({ role, environments, environmentId: "environment_1" }, search).flatMap((group) =>
    group.destinations.map(({ label }) => label),
  );

test("every role finds all main pages, and only admins and owners find “New action”", () => {
  const mainPages = MAIN_PAGES.map(({ label }) => label);
  for (const role of ROLES) expect(found(role, "")).toEqual(expect.arrayContaining(mainPages));
  const canCreate = ROLES.filter((role) => found(role, "new action").length > 0);
  expect(canCreate).toEqual(["admin", "owner"]);
});

test("a search matches its words anywhere in a label and leaves out the current environment", () => {
  expect(found("owner", "KEYS api")).toEqual(["API keys"]);
  expect(found("owner", "switch")).toEqual(["Switch to Production"]);
  expect(found("owner", "nothing like it")).toEqual([]);
});
