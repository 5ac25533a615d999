import type { IncomingMessage, ServerResponse } from "node:http";
import { errorBody } from "@/server/rest/http/errors";
import { JSON_TYPE } from "@/server/rest/http/reply";
import { BODY_LIMIT, tooLarge } from "@/server/rest/http/read-body";

/** What anybody may send whom nothing is known of: a form of a few short fields. */
const FORM_LIMIT = 16_000;
/** An Inngest server sends what steps have answered up to 4 MiB, and lets the rest be fetched. */
const CALL_LIMIT = 8_000_000;

/** The largest body, in bytes, of what is no call of the REST API. */
function limitOf(path: string): number {
  if (path === "/api/inngest") return CALL_LIMIT;
  return /^\/(portal\/redeem|api\/auth)(\/|$)/.test(path) ? FORM_LIMIT : BODY_LIMIT;
}

/**
 * Answers 413 to a request with a body that is larger than its path takes, however the length was announced; what comes
 * of it is kept nowhere. Answers whether the request may go on.
 */
export function limitBody(path: string, request: IncomingMessage, response: ServerResponse): boolean {
  const limit = limitOf(path);
  const announced = request.headers["content-length"];
  if (announced === undefined) countBody(request, limit, () => refuse(response, limit));
  // The rest of an announced length is held by the HTTP parser.
  else if (Number(announced) > limit) refuse(response, limit);
  return !response.headersSent;
}

/** Where no length is announced, what the parser hands over is counted on its way to whoever reads. */
function countBody(request: IncomingMessage, limit: number, refuseBody: () => void): void {
  const push = request.push.bind(request);
  let size = 0;
  request.push = (chunk: Buffer | null) => {
    const before = size;
    size += chunk?.length ?? 0;
    if (size <= limit) return push(chunk);
    if (before <= limit) {
      refuseBody();
      request.socket.once("close", () => request.destroy());
    }
    // Whoever reads must not take a part for the whole.
    if (chunk === null) request.destroy();
    return true;
  };
}

function refuse(response: ServerResponse, limit: number): void {
  if (response.headersSent) return;
  response.writeHead(413, { "content-type": JSON_TYPE, "cache-control": "no-store" });
  response.end(JSON.stringify(errorBody(tooLarge(limit))));
}
