import { z } from "zod";
import { requiredText } from "@/schemas/text";
import { createApiKey, listApiKeys, revokeApiKey } from "@/server/domain/api-keys/api-keys";
import { environmentProcedure, router } from "@/server/trpc/procedures";

export const apiKeysRouter = router({
  list: environmentProcedure("viewer").query(({ ctx }) => listApiKeys(ctx.scope)),
  create: environmentProcedure("admin")
    .input(z.object({ name: z.string().trim().pipe(requiredText(100)) }))
    .mutation(({ ctx, input }) => createApiKey(ctx.scope, input)),
  revoke: environmentProcedure("admin")
    .input(z.object({ apiKeyId: z.string().max(100) }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx.scope, input.apiKeyId)),
});
