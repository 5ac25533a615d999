import { randomUUID } from "node:crypto";
import { Hono, type Context } from "hono";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { errorResponse } from "./errors";
import { json } from "./json";
import { openApiDocument } from "@/server/rest/openapi/document";
import { resources } from "@/server/rest/routes";

/** Whether a path is answered here, whatever its method and whether or not it exists; all others are Next's. */
export function isApiPath(path: string): boolean {
  return /^\/(audit_logs|organizations|downloads|api\/health|portal\/(generate_link|logo)|metrics|openapi\.json)(\/|$)/.test(
    path,
  );
}

/** The WorkOS-compatible API at the host's root: web-standard request in, JSON out, always. */
export function createApi(services: Services): { fetch(request: Request): Response | Promise<Response> } {
  const api = new Hono<{ Variables: { requestId: string; route: string } }>();
  api.use(async (context, next) => {
    context.set("requestId", randomUUID());
    context.set("route", "unknown");
    const started = performance.now();
    await next();
    const answer = { route: context.get("route"), method: context.req.method, status: context.res.status };
    services.metrics.request(answer, (performance.now() - started) / 1000);
    context.header("x-request-id", context.get("requestId"));
  });
  const serve = (
    route: string,
    handlers: Readonly<Record<string, (context: Context) => Response | Promise<Response>>>,
  ) => {
    const path = route.replaceAll(/\{(\w+)\}/g, ":$1");
    const methods = Object.keys(handlers);
    const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    for (const [method, handler] of Object.entries(handlers)) {
      api.on(method, path, (context) => {
        context.set("route", route);
        return handler(context);
      });
    }
    api.options(path, () => new Response(null, { status: 204, headers: { allow } }));
    api.all(path, (context) => {
      throw new DomainError("method_not_allowed", `${context.req.method} is not possible here; use ${allow}.`, {
        headers: { allow },
      });
    });
  };
  for (const { path, operations } of resources) {
    const handlers = Object.entries(operations).map(([method, { handler }]) => [method, handler(services)] as const);
    serve(path, Object.fromEntries(handlers));
  }
  serve("/openapi.json", { GET: () => json(200, openApiDocument(services.config.publicUrl)) });
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
