import type { Route } from "./http/operation";
import { createPathTest } from "./http/router";
import { openApiRoute } from "./openapi/openapi-route";
import { createSchema, listActionsEndpoint, listSchemas } from "./resources/actions/actions";
import { createEvent } from "./resources/events/create-event";
import { createEvents } from "./resources/events/create-events";
import { getEvent, listEventsEndpoint } from "./resources/events/read-events";
import { download } from "./resources/exports/download";
import {
  cancelExportEndpoint,
  createExport,
  getExportEndpoint,
  listExportsEndpoint,
} from "./resources/exports/exports";
import { live, ready } from "./resources/health/health";
import { metrics } from "./resources/health/metrics";
import {
  createOrganizationEndpoint,
  deleteOrganizationEndpoint,
  getOrganizationByExternalIdEndpoint,
  getOrganizationEndpoint,
  listOrganizationsEndpoint,
  updateOrganizationEndpoint,
} from "./resources/organizations/organizations";
import { getConfiguration, getRetentionEndpoint, setRetentionEndpoint } from "./resources/organizations/retention";
import { generateLink, revokeLink } from "./resources/portal/portal-links";
import { portalLogo } from "./resources/portal/portal-logo";

/** The routes in the API reference. Routing, documentation and tests all derive from this table. */
export const documentedRoutes: readonly Route[] = [
  { topic: "Events", path: "/audit_logs/events", operations: { POST: createEvent, GET: listEventsEndpoint } },
  { topic: "Events", path: "/audit_logs/events/batch", operations: { POST: createEvents } },
  { topic: "Events", path: "/audit_logs/events/{id}", operations: { GET: getEvent } },
  { topic: "Exports", path: "/audit_logs/exports", operations: { POST: createExport, GET: listExportsEndpoint } },
  { topic: "Exports", path: "/audit_logs/exports/{id}", operations: { GET: getExportEndpoint } },
  { topic: "Exports", path: "/audit_logs/exports/{id}/cancel", operations: { POST: cancelExportEndpoint } },
  { topic: "Exports", path: "/downloads/{id}", operations: { GET: download } },
  { topic: "Actions and schemas", path: "/audit_logs/actions", operations: { GET: listActionsEndpoint } },
  {
    topic: "Actions and schemas",
    path: "/audit_logs/actions/{name}/schemas",
    operations: { GET: listSchemas, POST: createSchema },
  },
  {
    topic: "Organizations",
    path: "/organizations",
    operations: { GET: listOrganizationsEndpoint, POST: createOrganizationEndpoint },
  },
  {
    topic: "Organizations",
    path: "/organizations/external_id/{external_id}",
    operations: { GET: getOrganizationByExternalIdEndpoint },
  },
  {
    topic: "Organizations",
    path: "/organizations/{id}",
    operations: {
      GET: getOrganizationEndpoint,
      PUT: updateOrganizationEndpoint,
      DELETE: deleteOrganizationEndpoint,
    },
  },
  {
    topic: "Organizations",
    path: "/organizations/{id}/audit_logs_retention",
    operations: { GET: getRetentionEndpoint, PUT: setRetentionEndpoint },
  },
  {
    topic: "Organizations",
    path: "/organizations/{id}/audit_log_configuration",
    operations: { GET: getConfiguration },
  },
  { topic: "Portal", path: "/portal/generate_link", operations: { POST: generateLink } },
  { topic: "Portal", path: "/portal/revoke_link", operations: { POST: revokeLink } },
  { topic: "Portal", path: "/portal/logo/{sha256}", operations: { GET: portalLogo } },
  { topic: "Health", path: "/api/health", operations: { GET: live } },
  { topic: "Health", path: "/api/health/ready", operations: { GET: ready } },
  { topic: "Health", path: "/metrics", operations: { GET: metrics } },
];

/** Every path that the API serves. */
export const routes: readonly Route[] = [...documentedRoutes, openApiRoute(documentedRoutes)];

/** Whether the API responds to a path; all other paths belong to Next. */
export const isApiPath = createPathTest(routes);
