import { z } from "zod";
import { FILTER_FIELDS } from "@/schemas/events/event-filter-fields";
import { eventFilters } from "@/schemas/events/event-filters";
import { pageRequest } from "@/schemas/paging";
import { storableText } from "@/schemas/text";
import { timestamp } from "@/schemas/timestamps";
import { timeZone } from "@/schemas/time-zone";
import { countEvents } from "@/server/domain/events/count-events";
import { getEvent } from "@/server/domain/events/get-event";
import { eventHistogram } from "@/server/domain/events/histogram/histogram";
import { listFilterValues } from "@/server/domain/events/list-filter-values";
import { listEvents } from "@/server/domain/events/list-events";
import { organizationProcedure, router } from "@/server/trpc/procedures";

export const eventsRouter = router({
  list: organizationProcedure("viewer", "events:read")
    .input(pageRequest.extend({ filters: eventFilters }))
    .query(({ ctx, input }) => listEvents(ctx.scope, { ...input, cursor: input.cursor ?? null })),
  byId: organizationProcedure("viewer", "events:read")
    .input(z.object({ eventId: z.string().max(100) }))
    .query(({ ctx, input }) => getEvent(ctx.scope, input.eventId)),
  count: organizationProcedure("viewer", "events:read")
    .input(z.object({ filters: eventFilters }))
    .query(({ ctx, input }) => countEvents(ctx.scope, input.filters)),
  histogram: organizationProcedure("viewer", "events:read")
    .input(z.object({ filters: eventFilters, zone: timeZone.default("UTC"), now: timestamp.optional() }))
    .query(({ ctx, input }) => eventHistogram(ctx.scope, input)),
  filterValues: organizationProcedure("viewer", "events:read")
    .input(z.object({ field: z.enum(FILTER_FIELDS), search: storableText(200).default("") }))
    .query(({ ctx, input }) => listFilterValues(ctx.scope, input.field, { search: input.search, limit: 50 })),
});
