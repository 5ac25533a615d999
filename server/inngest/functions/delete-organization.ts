import { deleteOrganizationData } from "@/server/domain/organizations/delete-organization-data";
import type { InngestClient } from "@/server/inngest/client";
import { organizationDeletedEvent } from "@/server/inngest/event-types";
import { withRequestId } from "@/server/kernel/request-context";
import type { Services } from "@/server/kernel/services";

/** A run may have 1,000 steps, and each turn has up to two. The sweep starts a new run for what is left. */
const MAX_TURNS = 450;

/** Deletes the data of a deleted organization in steps of about ten seconds. */
export function deleteOrganizationFunction(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    {
      id: "delete-organization",
      triggers: [organizationDeletedEvent],
      retries: 5,
      concurrency: [{ key: "event.data.organizationId", limit: 1 }, { limit: 2 }],
      onFailure: ({ event, error }) => {
        services.log.error(
          { ...event.data.event.data, error: error.message },
          "deleting an organization's data failed; the sweep will retry",
        );
      },
    },
    async ({ event, step }) => {
      const { organizationId, requestId } = event.data;
      for (let turn = 1; turn <= MAX_TURNS; turn += 1) {
        const state = await step.run(`delete-${turn}`, () =>
          withRequestId(requestId, () => deleteOrganizationData(services, organizationId)),
        );
        if (state === "done" || state === "row left") return;
        if (state === "too early") await step.sleep(`settle-${turn}`, "6s");
      }
    },
  );
}
