import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { DomainError } from "@/server/kernel/errors";
import { rememberRequestId, withRequestId } from "@/server/kernel/request-context";
import type { Services } from "@/server/kernel/services";
import { errorReply } from "./http/errors";
import { hasValidHost } from "./http/host";
import { BODY_LIMIT, ClientLeftError } from "./http/read-body";
import { type Reply, sendReply } from "./http/reply";
import { apiRequest } from "./http/request";
import { createRouter, type Match } from "./http/router";
import { limitUnreadBody } from "./http/unread-body";
import { routes } from "./routes";

/**
 * Creates the listener that serves all REST requests. It uses Node's request and response, because creating web-standard
 * ones takes a quarter of the time that an event takes.
 */
export function apiListener(services: Services): RequestListener {
  const find = createRouter(routes, services);
  return (incoming, outgoing) => {
    respond(services, find, incoming, outgoing).catch((error: unknown) => {
      services.log.error({ err: error }, "a response could not be written");
      outgoing.destroy();
    });
  };
}

async function respond(
  services: Services,
  find: (method: string, path: string) => Match,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const id = randomUUID();
  rememberRequestId(incoming, id);
  const { method = "", url = "" } = incoming;
  let match: Match | null = null;
  let reply: Reply;
  try {
    checkHost(incoming);
    const path = pathOf(url);
    const found = find(method, path);
    match = found;
    const handle = () => found.handle(apiRequest(incoming, path, found.params));
    // Storing events must not slow down, and logs the ID by itself.
    reply = await (isIngest(method, found) ? handle() : withRequestId(id, handle));
  } catch (failure) {
    if (failure instanceof ClientLeftError) return;
    reply = errorReply(failure, { id, log: services.log });
  }
  const response = { route: match?.route ?? "unknown", method, status: reply.status };
  services.metrics.request(response, (performance.now() - started) / 1000);
  sendReply(reply, id, outgoing, services);
  if (!incoming.complete) limitUnreadBody(incoming, outgoing, match?.bodyLimit ?? BODY_LIMIT);
}

function isIngest(method: string, { route }: Match): boolean {
  return method === "POST" && route.startsWith("/audit_logs/events");
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

/** @throws DomainError `invalid_request` */
function checkHost(incoming: IncomingMessage): void {
  if (hasValidHost(incoming)) return;
  const problem = incoming.headers.host === undefined ? "has no Host header" : "has a Host header that is not valid";
  throw new DomainError("invalid_request", `The request ${problem}.`);
}
