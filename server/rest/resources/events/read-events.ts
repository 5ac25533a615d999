import { z } from "zod";
import { ALL_TIME } from "@/schemas/limits";
import { eventFilters } from "@/schemas/events/event-filters";
import { described, id, into, last, withSenderPaths } from "@/schemas/wire";
import { getEventInEnvironment } from "@/server/domain/events/get-event";
import { listEventsBothWays } from "@/server/domain/events/list-events";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { endpoint } from "@/server/rest/http/endpoint";
import { eventResponse, eventObject } from "./event-object";
import {
  filtersOf,
  perWireFilter,
  rangeEnd,
  rangeOf,
  rangeStart,
  searchText,
  senderFilterPath,
  type WireName,
} from "./filters";
import { listObject, listOf, listRequest, ownListParameters, ownPageRequest } from "@/server/rest/http/lists";

/** The values of a repeated parameter, without empty ones. */
const repeated = (form: z.ZodType) =>
  described(
    z.array(z.string()).transform((all) => all.filter((each) => each !== "")),
    form,
  );

const values = (description: string) => repeated(z.array(z.string()).describe(description)).default([]);
const filters = perWireFilter((_, description) => values(description));
/** The parameter of a filter's excluded values. */
const excludedName = <Name extends string>(name: Name) => `exclude[${name}]` as const;
/** `fromEntries` widens the keys to strings. */
const excluded = Object.fromEntries(
  Object.keys(filters).map((name) => [excludedName(name), values("Leaves out events that have any of these values.")]),
) as Record<ReturnType<typeof excludedName<WireName>>, ReturnType<typeof values>>;

const query = withSenderPaths(
  z
    .object({
      organization_id: described(last.pipe(id), id),
      range_start: described(last, rangeStart).optional(),
      range_end: described(last, rangeEnd).optional(),
      ...z.object(ownListParameters).partial().shape,
      ...filters,
      ...excluded,
      search: described(last, searchText).optional(),
    })
    .transform(({ organization_id, range_start, range_end, search: text, ...wire }) => ({
      organizationId: organization_id,
      filters: {
        ...rangeOf(range_start ?? ALL_TIME.from.toISOString(), range_end ?? ALL_TIME.to.toISOString()),
        ...filtersOf(wire),
        exclude: filtersOf(perWireFilter((name) => wire[excludedName(name)])),
        search: text,
      },
      ...listRequest(wire),
    }))
    .pipe(into(ownPageRequest.extend({ organizationId: id, filters: eventFilters }))),
  (path, value) => senderFilterPath(path, value, (name) => [excludedName(name)]),
);

/** `GET /audit_logs/events` */
export const listEventsEndpoint = endpoint(
  {
    needs: "events:read",
    summary: "List an organization's events",
    description:
      "Specific to Trailport. Newest first; follow `list_metadata.after` until it is null. A page may contain fewer events " +
      "than `limit` when few events match all filters. The filters are those of exports; to pass several values, repeat the " +
      "parameter (`actions=a&actions=b`), with or without `[]` or `[0]`. Without a range, returns events of all time. An " +
      "unknown parameter is rejected.",
    query,
    status: 200,
    response: listOf(eventResponse),
  },
  async ({ scope, query: { organizationId, ...request } }) => {
    const organization = await scopeToOrganization(scope, organizationId);
    return listObject(await listEventsBothWays(organization, request), (event) => eventObject(organizationId, event));
  },
);

/** `GET /audit_logs/events/{id}` */
export const getEvent = endpoint(
  {
    needs: "events:read",
    summary: "Get an event",
    description: "Specific to Trailport.",
    status: 200,
    response: eventResponse,
  },
  async ({ scope, param }) => {
    const { organizationId, event } = await getEventInEnvironment(scope, param("id"));
    return eventObject(organizationId, event);
  },
);
