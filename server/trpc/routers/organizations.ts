import { z } from "zod";
import { newOrganization, organizationChanges } from "@/schemas/organizations/organization";
import { pageRequest } from "@/schemas/paging";
import { retentionDays } from "@/schemas/organizations/retention-days";
import { storableText } from "@/schemas/text";
import { createOrganization } from "@/server/domain/organizations/create-organization";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { findOrganizationWithEvents } from "@/server/domain/organizations/event-stats";
import { getOrganization, listOrganizationSummaries } from "@/server/domain/organizations/read-organizations";
import { updateOrganization } from "@/server/domain/organizations/update-organization";
import { getRetention, setRetention } from "@/server/domain/retention/retention";
import { environmentProcedure, router, vendorOrganizationProcedure } from "@/server/trpc/procedures";

export const organizationsRouter = router({
  list: environmentProcedure("viewer", "manage")
    .input(pageRequest.extend({ search: storableText(255).default("") }))
    .query(({ ctx, input }) =>
      listOrganizationSummaries(ctx.scope, {
        search: input.search.trim(),
        after: input.cursor ?? null,
        limit: input.limit,
      }),
    ),
  withEvents: environmentProcedure("viewer", "manage").query(({ ctx }) => findOrganizationWithEvents(ctx.scope)),
  create: environmentProcedure("admin", "manage")
    .input(newOrganization)
    .mutation(({ ctx, input }) => createOrganization(ctx.scope, input)),
  byId: vendorOrganizationProcedure("viewer", "manage").query(({ ctx }) => getOrganization(ctx.scope)),
  update: vendorOrganizationProcedure("admin", "manage")
    .input(z.object({ changes: organizationChanges }))
    .mutation(({ ctx, input }) => updateOrganization(ctx.scope, input.changes)),
  delete: vendorOrganizationProcedure("admin", "manage").mutation(({ ctx }) => deleteOrganization(ctx.scope)),
  retention: vendorOrganizationProcedure("viewer", "manage").query(
    async ({ ctx }) => (await getRetention(ctx.scope)) ?? { days: null, months: null },
  ),
  setRetention: vendorOrganizationProcedure("admin", "manage")
    .input(z.object({ days: retentionDays.nullable() }))
    .mutation(({ ctx, input }) => setRetention(ctx.scope, input.days)),
});
