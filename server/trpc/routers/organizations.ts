import { newOrganization } from "@/schemas/organization";
import { pageRequest } from "@/schemas/paging";
import { storableText } from "@/schemas/text";
import { createOrganization } from "@/server/domain/organizations/create-organization";
import { getOrganization, listOrganizationSummaries } from "@/server/domain/organizations/read-organizations";
import { environmentProcedure, router, vendorOrganizationProcedure } from "@/server/trpc/procedures";

export const organizationsRouter = router({
  list: environmentProcedure("viewer")
    .input(pageRequest.extend({ search: storableText(255).default("") }))
    .query(({ ctx, input }) =>
      listOrganizationSummaries(ctx.scope, {
        search: input.search.trim(),
        after: input.cursor ?? null,
        limit: input.limit,
      }),
    ),
  create: environmentProcedure("admin")
    .input(newOrganization)
    .mutation(({ ctx, input }) => createOrganization(ctx.scope, input)),
  byId: vendorOrganizationProcedure("viewer").query(({ ctx }) => getOrganization(ctx.scope)),
});
