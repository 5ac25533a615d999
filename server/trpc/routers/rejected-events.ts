import { z } from "zod";
import { rejectedEventsRequest } from "@/schemas/events/rejected-event";
import { listRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { replayRejectedEvent, replayRejectedEvents } from "@/server/domain/events/rejected/replay-rejected-events";
import { environmentProcedure, router } from "@/server/trpc/procedures";

export const rejectedEventsRouter = router({
  list: environmentProcedure("viewer", "events:read")
    .input(rejectedEventsRequest)
    .query(({ ctx, input }) => listRejectedEvents(ctx.scope, input)),
  replay: environmentProcedure("admin", "events:write")
    .input(z.object({ rejectedEventId: z.string().max(100) }))
    .mutation(({ ctx, input }) => replayRejectedEvent(ctx.scope, input.rejectedEventId)),
  replayAll: environmentProcedure("admin", "events:write")
    .input(z.object({ after: z.string().max(100).nullable() }))
    .mutation(({ ctx, input }) => replayRejectedEvents(ctx.scope, input.after)),
});
