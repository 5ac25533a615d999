import type { IncomingMessage, ServerResponse } from "node:http";
import { errorBody } from "@/server/rest/http/errors";
import { JSON_TYPE } from "@/server/rest/http/reply";
import { BODY_LIMIT, tooLarge } from "@/server/rest/http/read-body";

/** Bytes that an unauthenticated client may send: a form of a few short fields. */
const FORM_LIMIT = 16_000;
/** An Inngest server sends up to 4 MiB of step results; functions fetch the rest. */
const FUNCTION_CALL_LIMIT = 8_000_000;

/** Returns the body limit, in bytes, of a path outside of the REST API. */
function limitOf(path: string): number {
  if (path === "/api/inngest") return FUNCTION_CALL_LIMIT;
  return /^\/(portal\/redeem|api\/auth)(\/|$)/.test(path) ? FORM_LIMIT : BODY_LIMIT;
}

/**
 * Responds with 413 to a request whose body exceeds the limit of its path, whether or not it announces its length, and
 * drops the body. Returns whether the request can continue.
 */
export function limitBody(path: string, request: IncomingMessage, response: ServerResponse): boolean {
  const limit = limitOf(path);
  const announced = request.headers["content-length"];
  if (announced === undefined) countBody(request, limit, () => reject(response, limit));
  // The HTTP parser enforces an announced length.
  else if (Number(announced) > limit) reject(response, limit);
  return !response.headersSent;
}

/** Counts a body without an announced length while the parser passes it to the request's reader. */
function countBody(request: IncomingMessage, limit: number, rejectBody: () => void): void {
  const push = request.push.bind(request);
  let size = 0;
  request.push = (chunk: Buffer | null) => {
    const before = size;
    size += chunk?.length ?? 0;
    if (size <= limit) return push(chunk);
    if (before <= limit) {
      rejectBody();
      request.socket.once("close", () => request.destroy());
    }
    // The reader must not mistake a part for the whole body.
    if (chunk === null) request.destroy();
    return true;
  };
}

function reject(response: ServerResponse, limit: number): void {
  if (response.headersSent) return;
  response.writeHead(413, { "content-type": JSON_TYPE, "cache-control": "no-store" });
  response.end(JSON.stringify(errorBody(tooLarge(limit))));
}
