import { deleteOrganizationData } from "@/server/domain/organizations/delete-organization-data";
import type { InngestClient } from "@/server/inngest/client";
import { organizationDeletedEvent } from "@/server/inngest/event-types";
import type { Services } from "@/server/kernel/services";

/** A run may have 1,000 steps, and a turn has two. What is left after so many is taken up by the sweep. */
const MOST_TURNS = 450;

/** Deletes what a deleted organization leaves behind, some ten seconds at a time. */
export function deleteOrganizationInTheBackground(inngest: InngestClient, services: Services) {
  return inngest.createFunction(
    {
      id: "delete-organization",
      triggers: [organizationDeletedEvent],
      retries: 5,
      concurrency: [{ key: "event.data.organizationId", limit: 1 }, { limit: 2 }],
      onFailure: ({ event, error }) => {
        services.log.error(
          { ...event.data.event.data, error: error.message },
          "the deletion of an organization failed and is taken up again by the sweep",
        );
      },
    },
    async ({ event, step }) => {
      const { organizationId } = event.data;
      for (let turn = 1; turn <= MOST_TURNS; turn += 1) {
        const state = await step.run(`delete-${turn}`, () => deleteOrganizationData(services, organizationId));
        if (state === "done" || state === "row left") return;
        if (state === "too early") await step.sleep(`settle-${turn}`, "6s");
      }
    },
  );
}
