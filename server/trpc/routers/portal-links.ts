import { z } from "zod";
import { pageRequest } from "@/schemas/paging";
import { portalLinkRequest } from "@/schemas/portal/portal-link-request";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { listPortalLinks } from "@/server/domain/portal/list-portal-links";
import { revokePortalSession, revokePortalLink } from "@/server/domain/portal/revoke-portal-link";
import { router, vendorOrganizationProcedure } from "@/server/trpc/procedures";

export const portalLinksRouter = router({
  create: vendorOrganizationProcedure("member", "portal")
    .input(portalLinkRequest)
    .mutation(({ ctx, input }) => createPortalLink(ctx.scope, input)),
  list: vendorOrganizationProcedure("viewer", "portal")
    .input(pageRequest)
    .query(({ ctx, input }) => listPortalLinks(ctx.scope, input)),
  revoke: vendorOrganizationProcedure("member", "portal")
    .input(z.object({ portalLinkId: z.string().max(100) }))
    .mutation(({ ctx, input }) => revokePortalLink(ctx.scope, input.portalLinkId)),
  endSession: vendorOrganizationProcedure("member", "portal")
    .input(z.object({ portalSessionId: z.string().max(100) }))
    .mutation(({ ctx, input }) => revokePortalSession(ctx.scope, input.portalSessionId)),
});
