import { scopeFromApiKey } from "@/server/auth/api-key-scope";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { seedEvents, type SeedOptions } from "@/server/testing/factories";
import { createTestServices } from "@/server/testing/services";
import { databaseUrl } from "./database";
import type { FirstStart } from "./trailport-process";

/** Inserts events directly into the database of `npm start`, for amounts that would take too long to send. */
export async function seedManyEvents(
  trailport: FirstStart,
  organizationId: string,
  options: SeedOptions,
): Promise<void> {
  const { services, close } = await createTestServices(await databaseUrl(trailport));
  try {
    const scope = await scopeFromApiKey({ ...services, now: () => new Date() }, `Bearer ${trailport.api_key}`, null);
    await seedEvents(await scopeToOrganization(scope, organizationId), options);
  } finally {
    await close();
  }
}
