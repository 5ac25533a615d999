import { endPortalSession } from "@/server/domain/portal/portal-sessions";
import { portalProcedure, router } from "@/server/trpc/procedures";

export const portalRouter = router({
  session: portalProcedure.query(({ ctx: { scope } }) => ({
    organizationId: scope.organization.id,
    organizationName: scope.organization.name,
    vendorName: scope.environment.workspaceName,
    expiresAt: scope.session.expiresAt,
    returnUrl: scope.session.returnUrl,
  })),
  signOut: portalProcedure.mutation(({ ctx }) => endPortalSession(ctx.scope)),
});
