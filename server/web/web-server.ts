import { randomBytes } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { setClientAddress } from "@/server/auth/client-address";
import { limitBody } from "./body-limit";
import type { Env } from "@/server/kernel/env";
import { passToWorker } from "./forward-to-worker";
import { rejectMalformed } from "@/server/rest/http/malformed-http";
import { isApiPath } from "@/server/rest/routes";
import { pageHeaders } from "./page-headers";

interface Answerers {
  /** The REST API, which limits the bodies that it reads itself. */
  readonly api: RequestListener;
  /** Everything else: pages, procedures and sign-in. */
  readonly page: RequestListener;
}

/** The web process's server, which hands each request to whom it is for. */
export function createWebServer(
  env: Pick<Env, "isDevelopment" | "publicUrl" | "trustedProxies"> & {
    readonly inngest: Pick<Env["inngest"], "workerPort">;
  },
  { api, page }: Answerers,
): Server {
  const { workerPort } = env.inngest;
  const server = createServer((request, response) => {
    request.url = originForm(request.url ?? "/");
    const path = request.url.split("?", 1)[0] ?? "/";
    if (isApiPath(path)) return api(request, response);
    if (!limitBody(path, request, response)) return;
    if (path === "/api/inngest" && workerPort !== undefined) return passToWorker(workerPort, request, response);
    setClientAddress(request, env.trustedProxies);
    const headers = pageHeaders(env, randomBytes(16).toString("base64"));
    // Next takes the nonce for its own scripts from the request's policy.
    request.headers["content-security-policy"] = headers["content-security-policy"];
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    return page(request, response);
  });
  // Behind a proxy that keeps connections for a minute, ours must not be the side that closes them.
  server.keepAliveTimeout = 65_000;
  server.on("clientError", rejectMalformed);
  // An expectation that nobody knows may be passed over; Node would refuse it without a word of JSON.
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  return server;
}

/** A target as senders write it to a proxy, `http://host/path`, names the path on whatever host we are. */
function originForm(target: string): string {
  const [, rest] = /^https?:\/\/[^/?#]*(.*)$/i.exec(target) ?? [null, target];
  return rest === "" || rest?.startsWith("?") ? `/${rest}` : (rest ?? target);
}
