import { z } from "zod";
import { ALL_TIME } from "@/schemas/limits";
import { eventFilters } from "@/schemas/events/event-filters";
import { described, id, into, last } from "@/schemas/wire";
import { getEventInEnvironment } from "@/server/domain/events/get-event";
import { listEventsBothWays } from "@/server/domain/events/list-events";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { endpoint } from "@/server/rest/http/endpoint";
import { eventAnswer, eventObject } from "./event-object";
import { filtersOf, perWireFilter, rangeEnd, rangeOf, rangeStart } from "./filters";
import { listObject, listOf, listRequest, ownListParameters, ownPageRequest } from "@/server/rest/http/lists";

/** A repeated parameter's values; an empty one is none. */
const listed = (form: z.ZodType) =>
  described(
    z.array(z.string()).transform((all) => all.filter((each) => each !== "")),
    form,
  );

const query = z
  .object({
    organization_id: described(last.pipe(id), id),
    range_start: described(last, rangeStart).optional(),
    range_end: described(last, rangeEnd).optional(),
    ...z.object(ownListParameters).partial().shape,
    ...perWireFilter((texts) => listed(texts).default([])),
  })
  .transform(({ organization_id, range_start, range_end, ...wire }) => ({
    organizationId: organization_id,
    filters: {
      ...rangeOf(range_start ?? ALL_TIME.from.toISOString(), range_end ?? ALL_TIME.to.toISOString()),
      ...filtersOf(wire),
    },
    ...listRequest(wire),
  }))
  .pipe(into(ownPageRequest.extend({ organizationId: id, filters: eventFilters })));

/** `GET /audit_logs/events` */
export const listEventsEndpoint = endpoint(
  {
    summary: "List an organization's events",
    description:
      "Trailport's own: WorkOS has no such endpoint. Newest first; follow `list_metadata.after` until it is null: a page can be short where filters that are frequent alone hardly meet. The filters are " +
      "those of exports, each repeated (`actions=a&actions=b`), with `[]` or with `[0]`; without a range, all events.",
    query,
    status: 200,
    answer: listOf(eventAnswer),
  },
  async ({ scope, query: { organizationId, ...request } }) => {
    const organization = await scopeToOrganization(scope, organizationId);
    return listObject(await listEventsBothWays(organization, request), (event) => eventObject(organizationId, event));
  },
);

/** `GET /audit_logs/events/{id}` */
export const readEvent = endpoint(
  {
    summary: "Read an event",
    description: "Trailport's own: WorkOS has no such endpoint.",
    status: 200,
    answer: eventAnswer,
  },
  async ({ scope, param }) => {
    const { organizationId, event } = await getEventInEnvironment(scope, param("id"));
    return eventObject(organizationId, event);
  },
);
