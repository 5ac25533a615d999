import { cron } from "inngest";
import { sweepDeletedOrganizations } from "@/server/domain/organizations/delete-organization";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";

/** Every ten minutes. */
export function sweepDeletedOrganizationsRegularly(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    { id: "sweep-deleted-organizations", triggers: [cron("*/10 * * * *")], retries: 2, concurrency: 1 },
    ({ step }) => step.run("sweep", () => sweepDeletedOrganizations(services)),
  );
}
