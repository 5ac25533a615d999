import { expect, test } from "vitest";
import { newEventUuid } from "@/server/ids";
import { createTestDatabase } from "@/server/testing/database";
import { anEvent, createEnvironment, createOrganization } from "@/server/testing/factories";
import { createTestServices } from "@/server/testing/services";

test("a row that is written again, as after a commit whose answer was lost, is there once and no failure", async () => {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  const { environment, organization, events, db } = await createOrganization(await createEnvironment(services));
  const row = {
    id: newEventUuid(services.now()),
    environmentPk: environment.pk,
    organizationPk: organization.pk,
    event: anEvent(),
    idempotencyKey: null,
  };
  expect(await events.write(row)).toBe("stored");
  expect(await events.write(row)).toBe("replayed");
  expect(await db.query("SELECT 1 FROM log.event e WHERE e.organization_pk = $1", [organization.pk])).toHaveLength(1);
  await close();
  await database.drop();
});
