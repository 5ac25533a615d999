import { z } from "zod";
import { redirectOrigins } from "@/schemas/portal/redirect-origins";
import { getStrictActions, setStrictActions } from "@/server/domain/event-schemas/strict-actions";
import { listRedirectOrigins, setRedirectOrigins } from "@/server/domain/portal/redirect-origins";
import { environmentProcedure, router } from "@/server/trpc/procedures";

export const settingsRouter = router({
  redirectOrigins: environmentProcedure("viewer", "manage").query(({ ctx }) => listRedirectOrigins(ctx.scope)),
  setRedirectOrigins: environmentProcedure("admin", "manage")
    .input(redirectOrigins)
    .mutation(({ ctx, input }) => setRedirectOrigins(ctx.scope, input.origins)),
  strictActions: environmentProcedure("viewer", "manage").query(({ ctx }) => getStrictActions(ctx.scope)),
  setStrictActions: environmentProcedure("admin", "manage")
    .input(z.object({ strict: z.boolean() }))
    .mutation(({ ctx, input }) => setStrictActions(ctx.scope, input.strict)),
});
