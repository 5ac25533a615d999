import { pageRequest } from "@/schemas/paging";
import { listRejectedEvents } from "@/server/domain/events/rejected-events";
import { environmentProcedure, router } from "@/server/trpc/procedures";

export const rejectedEventsRouter = router({
  list: environmentProcedure("viewer")
    .input(pageRequest)
    .query(({ ctx, input }) => listRejectedEvents(ctx.scope, input)),
});
