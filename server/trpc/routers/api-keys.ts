import { z } from "zod";
import { newApiKey } from "@/schemas/api-keys/new-api-key";
import { pageRequest } from "@/schemas/paging";
import { createApiKey, listApiKeys, revokeApiKey } from "@/server/domain/api-keys/api-keys";
import { environmentProcedure, router, staffEnvironmentProcedure } from "@/server/trpc/procedures";

export const apiKeysRouter = router({
  list: environmentProcedure("viewer", "manage")
    .input(pageRequest)
    .query(({ ctx, input }) => listApiKeys(ctx.scope, input)),
  create: staffEnvironmentProcedure("admin")
    .input(newApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx.scope, input)),
  revoke: environmentProcedure("admin", "manage")
    .input(z.object({ apiKeyId: z.string().max(100) }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx.scope, input.apiKeyId)),
});
