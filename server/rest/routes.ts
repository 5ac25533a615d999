import { createSchema, listActionsEndpoint, listSchemas } from "@/server/rest/resources/actions/actions";
import { download } from "@/server/rest/resources/exports/download";
import type { Operation } from "@/server/rest/http/endpoint";
import { createEvents } from "@/server/rest/resources/events/create-events";
import { createEvent } from "@/server/rest/resources/events/create-event";
import { cancelExportEndpoint, createExport, listExportsEndpoint, readExport } from "@/server/rest/resources/exports/exports";
import { live, ready } from "@/server/rest/resources/health/health";
import { metrics } from "@/server/rest/resources/health/metrics";
import {
  createOrganizationEndpoint,
  deleteOrganizationEndpoint,
  listOrganizationsEndpoint,
  readOrganization,
  readOrganizationByExternalId,
  updateOrganizationEndpoint,
} from "@/server/rest/resources/organizations/organizations";
import { generateLink } from "@/server/rest/resources/portal/portal-links";
import { portalLogo } from "@/server/rest/resources/portal/portal-logo";
import { listEventsEndpoint, readEvent } from "@/server/rest/resources/events/read-events";
import { readConfiguration, readRetention, updateRetention } from "@/server/rest/resources/organizations/retention";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface Resource {
  /** The heading that it stands under in the API reference. */
  readonly topic: string;
  /** With the names of its parts in braces. */
  readonly path: string;
  readonly operations: Readonly<Partial<Record<Method, Operation>>>;
}

/** Every path of the API with its methods: what is served, and what the reference says, is made from this. */
export const resources: readonly Resource[] = [
  { topic: "Events", path: "/audit_logs/events", operations: { POST: createEvent, GET: listEventsEndpoint } },
  { topic: "Events", path: "/audit_logs/events/batch", operations: { POST: createEvents } },
  { topic: "Events", path: "/audit_logs/events/{id}", operations: { GET: readEvent } },
  { topic: "Exports", path: "/audit_logs/exports", operations: { POST: createExport, GET: listExportsEndpoint } },
  { topic: "Exports", path: "/audit_logs/exports/{id}", operations: { GET: readExport } },
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
    operations: { GET: readOrganizationByExternalId },
  },
  {
    topic: "Organizations",
    path: "/organizations/{id}",
    operations: { GET: readOrganization, PUT: updateOrganizationEndpoint, DELETE: deleteOrganizationEndpoint },
  },
  {
    topic: "Organizations",
    path: "/organizations/{id}/audit_logs_retention",
    operations: { GET: readRetention, PUT: updateRetention },
  },
  {
    topic: "Organizations",
    path: "/organizations/{id}/audit_log_configuration",
    operations: { GET: readConfiguration },
  },
  { topic: "Portal", path: "/portal/generate_link", operations: { POST: generateLink } },
  { topic: "Portal", path: "/portal/logo/{sha256}", operations: { GET: portalLogo } },
  { topic: "Health", path: "/api/health", operations: { GET: live } },
  { topic: "Health", path: "/api/health/ready", operations: { GET: ready } },
  { topic: "Health", path: "/metrics", operations: { GET: metrics } },
];
