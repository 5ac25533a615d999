import { z } from "zod";
import { actionsRequest } from "@/schemas/event-schemas/action-list";
import { actionName } from "@/schemas/events/event";
import { newEventSchema } from "@/schemas/event-schemas/event-schema";
import { triedEvent } from "@/schemas/events/event-validation";
import { pageRequest } from "@/schemas/paging";
import { createEventSchema, listEventSchemas } from "@/server/domain/event-schemas/event-schemas";
import { findActions } from "@/server/domain/event-schemas/find-actions";
import { proposeSchema } from "@/server/domain/event-schemas/propose-schema";
import { tryEvent } from "@/server/domain/event-schemas/try-event";
import { environmentProcedure, router } from "@/server/trpc/procedures";

const ofAction = z.object({ action: actionName });

export const eventSchemasRouter = router({
  actions: environmentProcedure("viewer", "manage")
    .input(actionsRequest)
    .query(({ ctx, input }) => findActions(ctx.scope, input)),
  versions: environmentProcedure("viewer", "manage")
    .input(pageRequest.extend(ofAction.shape))
    .query(({ ctx, input: { action, cursor = null, limit } }) =>
      listEventSchemas(ctx.scope, action, { order: "desc", before: null, after: cursor, limit }),
    ),
  propose: environmentProcedure("viewer", "manage")
    .input(ofAction)
    .query(({ ctx, input }) => proposeSchema(ctx.scope, input.action)),
  tryEvent: environmentProcedure("viewer", "events:write")
    .input(triedEvent)
    .query(({ ctx, input }) => tryEvent(ctx.scope, input.text)),
  create: environmentProcedure("admin", "manage")
    .input(ofAction.extend({ schema: newEventSchema }))
    .mutation(({ ctx, input }) => createEventSchema(ctx.scope, input.action, input.schema)),
});
