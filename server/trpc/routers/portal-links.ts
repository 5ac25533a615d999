import { portalLinkRequest } from "@/schemas/portal";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { router, vendorOrganizationProcedure } from "@/server/trpc/procedures";

export const portalLinksRouter = router({
  create: vendorOrganizationProcedure("member")
    .input(portalLinkRequest)
    .mutation(({ ctx, input }) => createPortalLink(ctx.scope, input)),
});
