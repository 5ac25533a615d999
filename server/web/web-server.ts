import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { setClientAddress } from "@/server/auth/client-address";
import { ensureVisitor } from "@/server/auth/visitor-cookie";
import { limitBody } from "./body-limit";
import type { Env } from "@/server/kernel/env";
import { HEADERS_TIMEOUT } from "@/server/kernel/timeouts";
import { limitConnections } from "./connection-limits";
import { FloodBrake } from "./flood-brake";
import { forwardToWorker } from "./forward-to-worker";
import type { BodyBudget } from "@/server/rest/http/body-budget";
import { hasValidHost } from "@/server/rest/http/host";
import { rejectMalformed } from "@/server/rest/http/malformed-http";
import { isApiPath } from "@/server/rest/routes";
import { pageHeaders } from "./page-headers";
import { isPageRequest, type PagePaths } from "./page-paths";
import { closeStalledReaders } from "./stalled-readers";

interface Listeners {
  /** The REST API, which limits the bodies that it reads itself. Also responds to paths that no one serves. */
  readonly api: RequestListener;
  /** Everything else: pages, procedures and sign-in. */
  readonly page: RequestListener;
  /** The paths of `page`. */
  readonly paths: PagePaths;
  /** Limits the bodies that `page` and the worker receive. */
  readonly bodies: BodyBudget;
}

/** Creates the web process's server, which passes each request to the REST API, the pages or the worker. */
export function createWebServer(
  env: Pick<Env, "isDevelopment" | "publicUrl" | "trustedProxies"> & {
    readonly inngest: Pick<Env["inngest"], "workerPort">;
  },
  { api, page, paths, bodies }: Listeners,
): Server {
  const { workerPort } = env.inngest;
  /** What of Next responds to a request: an endpoint to any method, a page to these. */
  const kindOf = (request: IncomingMessage, path: string) => {
    if (isApiPath(path) || !hasValidHost(request)) return null;
    const kind = paths.kindOf(path) ?? (isPageRequest(request) ? "page" : null);
    return kind === "page" && !/^(GET|HEAD|OPTIONS)$/.test(request.method ?? "") ? null : kind;
  };
  // Node would respond to a missing Host header without a body.
  const options = { requireHostHeader: false, headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: 2_000 };
  const brake = new FloodBrake();
  const server = createServer(options, (request, response) => {
    const address = setClientAddress(request, env.trustedProxies);
    brake.pass(request, response, address, () => serve(request, response, address));
  });
  function serve(request: IncomingMessage, response: ServerResponse, address: string): void {
    request.url = originForm(request.url ?? "/");
    const path = request.url.split("?", 1)[0] ?? "/";
    const kind = kindOf(request, path);
    if (kind === null) return api(request, response);
    const headers = pageHeaders(env, randomBytes(16).toString("base64"));
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // Procedures set the ID that they log.
    if (!/^\/api\/(trpc|portal)\//.test(path)) response.setHeader("x-request-id", randomUUID());
    if (!limitBody(path, request, response, { budget: bodies, address })) return;
    if (path === "/api/inngest" && workerPort !== undefined) return forwardToWorker(workerPort, request, response);
    // A load balancer's check may be OPTIONS, for which Next has no response.
    if (kind === "page" && request.method === "OPTIONS") return respondToOptions(response);
    lowerCaseMediaType(request);
    // HTTP/1.0 does not require one, but Next does.
    request.headers.host ||= new URL(env.publicUrl).host;
    // Next reads the nonce for its own scripts from the request's policy.
    request.headers["content-security-policy"] = headers["content-security-policy"];
    if (hasSecret(request.url)) response.setHeader("referrer-policy", "no-referrer");
    ensureVisitor(path, request, response, env.publicUrl);
    return page(request, response);
  }
  // A proxy may reuse a connection for a minute; if we closed it first, the proxy's next request would fail.
  // Idle connections beyond a limit are closed anyway.
  server.keepAliveTimeout = 65_000;
  limitConnections(server, env);
  closeStalledReaders(server);
  server.on("clientError", rejectMalformed(env.publicUrl));
  // HTTP allows ignoring unknown expectations; Node would reject them without a JSON body.
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  return server;
}

/** Returns the path of a request target. Clients send proxies an absolute URL, `http://host/path`; its host is ignored. */
function originForm(target: string): string {
  const [, rest] = /^https?:\/\/[^/?#]*(.*)$/i.exec(target) ?? [null, target];
  return rest === "" || rest?.startsWith("?") ? `/${rest}` : (rest ?? target);
}

/** The pages behind links, whose URLs contain a secret. A page hides it, but only after it has requested styles and fonts. */
const LINK_PAGES = /^\/+(?:portal\/launch|invitation|reset-password)(?:[/?]|$)/i;

/** Returns whether a URL may contain a link's secret, which no request may send on as its referrer. */
function hasSecret(url: string): boolean {
  return LINK_PAGES.test(url) || /[?&]token=/i.test(url);
}

function respondToOptions(response: ServerResponse): void {
  response.writeHead(204, { allow: "GET, HEAD, OPTIONS" });
  response.end();
}

/** Writes a body's media type as frameworks compare it. */
function lowerCaseMediaType({ headers }: IncomingMessage): void {
  const type = headers["content-type"];
  if (type !== undefined) headers["content-type"] = type.replace(/^[^;]*/, (name) => name.toLowerCase());
}
