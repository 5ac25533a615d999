import { scopeFromApiKey } from "@/server/auth/api-key-scope";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { seedEvents, type Crowd } from "@/server/testing/factories";
import { createTestServices } from "@/server/testing/services";
import { databaseUrl } from "./database";
import type { FirstStart } from "./trailport-process";

/** More events of an organization than could be sent while a test waits: made in the database that `npm start` brought. */
export async function seedCrowd(trailport: FirstStart, organizationId: string, crowd: Crowd): Promise<void> {
  const { services, close } = await createTestServices(await databaseUrl());
  try {
    const scope = await scopeFromApiKey({ ...services, now: () => new Date() }, `Bearer ${trailport.api_key}`);
    await seedEvents(await scopeToOrganization(scope, organizationId), crowd);
  } finally {
    await close();
  }
}
