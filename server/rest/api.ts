import { randomUUID } from "node:crypto";
import { Hono, type Handler } from "hono";
import { DomainError } from "@/server/errors";
import type { Services } from "@/server/services";
import { createSchema, listActionsEndpoint, listSchemas } from "./actions";
import { download } from "./downloads";
import { errorResponse } from "./errors";
import { createEvent, createEvents } from "./events";
import { createExport, readExport } from "./exports";
import { live, ready } from "./health";
import {
  createOrganizationEndpoint,
  deleteOrganizationEndpoint,
  listOrganizationsEndpoint,
  readOrganization,
  readOrganizationByExternalId,
  updateOrganizationEndpoint,
} from "./organizations";
import { generateLink } from "./portal-links";
import { readConfiguration, readRetention, updateRetention } from "./retention";

type Resource = readonly [path: string, methods: Readonly<Partial<Record<"GET" | "POST" | "PUT" | "DELETE", Handler>>>];

/** Whether a path is answered here, whatever its method and whether or not it exists; all others are Next's. */
export function isApiPath(path: string): boolean {
  return /^\/(audit_logs|organizations|downloads|api\/health|portal\/generate_link)(\/|$)/.test(path);
}

/** The WorkOS-compatible API at the host's root: web-standard request in, JSON out, always. */
export function createApi(services: Services): { fetch(request: Request): Response | Promise<Response> } {
  const resources: readonly Resource[] = [
    ["/audit_logs/events", { POST: createEvent(services) }],
    ["/audit_logs/events/batch", { POST: createEvents(services) }],
    ["/audit_logs/actions", { GET: listActionsEndpoint(services) }],
    ["/audit_logs/actions/:name/schemas", { GET: listSchemas(services), POST: createSchema(services) }],
    ["/audit_logs/exports", { POST: createExport(services) }],
    ["/audit_logs/exports/:id", { GET: readExport(services) }],
    ["/organizations", { GET: listOrganizationsEndpoint(services), POST: createOrganizationEndpoint(services) }],
    ["/organizations/external_id/:externalId", { GET: readOrganizationByExternalId(services) }],
    [
      "/organizations/:id",
      {
        GET: readOrganization(services),
        PUT: updateOrganizationEndpoint(services),
        DELETE: deleteOrganizationEndpoint(services),
      },
    ],
    ["/organizations/:id/audit_logs_retention", { GET: readRetention(services), PUT: updateRetention(services) }],
    ["/organizations/:id/audit_log_configuration", { GET: readConfiguration(services) }],
    ["/portal/generate_link", { POST: generateLink(services) }],
    ["/downloads/:id", { GET: download(services) }],
    ["/api/health", { GET: live }],
    ["/api/health/ready", { GET: ready(services) }],
  ];

  const api = new Hono<{ Variables: { requestId: string } }>();
  api.use(async (context, next) => {
    context.set("requestId", randomUUID());
    await next();
    context.header("x-request-id", context.get("requestId"));
  });
  for (const [path, methods] of resources) {
    const allow = [...Object.keys(methods), ...(methods.GET ? ["HEAD"] : []), "OPTIONS"].join(", ");
    for (const [method, handler] of Object.entries(methods)) api.on(method, path, handler);
    api.options(path, () => new Response(null, { status: 204, headers: { allow } }));
    api.all(path, (context) => {
      throw new DomainError("method_not_allowed", `${context.req.method} is not possible here; use ${allow}.`, {
        headers: { allow },
      });
    });
  }
  api.notFound((context) => {
    const failure = new DomainError(
      "not_found",
      `Cannot ${context.req.method} ${context.req.path}: there is no such route.`,
    );
    return errorResponse(failure, { id: context.get("requestId"), log: services.log });
  });
  api.onError((error, context) => errorResponse(error, { id: context.get("requestId"), log: services.log }));
  return api;
}
