import { test as base } from "vitest";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import { createTestDatabase } from "./database";
import { createEnvironment, createOrganization } from "./factories";
import { createTestServices, type TestServices } from "./services";

interface Fixtures {
  /** One database and its services for all tests of a file. */
  world: TestServices;
  /** A new environment for each test. */
  environment: EnvironmentScope;
  /** A new organization in `environment`. */
  organization: OrganizationScope;
  /** An organization of another environment. */
  stranger: OrganizationScope;
}

/** `test` with real services and data, created only if a test uses them. */
export const test = base.extend<Fixtures>({
  world: [
    async ({ task: _ }, use) => {
      const database = await createTestDatabase();
      const world = await createTestServices(database.url);
      await use(world);
      await world.close();
      await database.drop();
    },
    { scope: "file" },
  ],
  environment: async ({ world }, use) => use(await createEnvironment(world.services)),
  organization: async ({ environment }, use) => use(await createOrganization(environment)),
  stranger: async ({ world }, use) => use(await createOrganization(await createEnvironment(world.services))),
});
