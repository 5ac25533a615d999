import { activityRequest } from "@/schemas/activity/activity";
import { listActivity, listActivityActors } from "@/server/domain/activity/list-activity";
import { environmentProcedure, router } from "@/server/trpc/procedures";

export const activityRouter = router({
  list: environmentProcedure("viewer", "manage")
    .input(activityRequest)
    .query(({ ctx, input }) => listActivity(ctx.scope, input)),
  actors: environmentProcedure("viewer", "manage").query(({ ctx }) => listActivityActors(ctx.scope)),
});
