import { redirectOrigins } from "@/schemas/redirect-origins";
import { listRedirectOrigins, setRedirectOrigins } from "@/server/domain/portal/redirect-origins";
import { environmentProcedure, router } from "@/server/trpc/procedures";

export const settingsRouter = router({
  redirectOrigins: environmentProcedure("viewer").query(({ ctx }) => listRedirectOrigins(ctx.scope)),
  setRedirectOrigins: environmentProcedure("admin")
    .input(redirectOrigins)
    .mutation(({ ctx, input }) => setRedirectOrigins(ctx.scope, input.origins)),
});
