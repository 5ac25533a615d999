import { portalBrandingChanges } from "@/schemas/portal/portal-branding";
import { changePortalBranding, getPortalBranding } from "@/server/domain/portal/branding";
import { router, workspaceProcedure } from "@/server/trpc/procedures";

export const portalBrandingRouter = router({
  current: workspaceProcedure("viewer").query(({ ctx }) => getPortalBranding(ctx.scope)),
  change: workspaceProcedure("admin")
    .input(portalBrandingChanges)
    .mutation(({ ctx, input }) => changePortalBranding(ctx.scope, input)),
});
