import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError, failures } from "@/server/kernel/errors";
import type { BodyBudget, BodyClaim } from "@/server/rest/http/body-budget";
import { overloaded, tooLarge } from "@/server/rest/http/body-errors";
import { contentEncoding } from "@/server/rest/http/content-encoding";
import { errorBody } from "@/server/rest/http/errors";
import { JSON_TYPE } from "@/server/rest/http/reply";
import { BODY_LIMIT } from "@/server/rest/http/read-body";
import { limitUnreadBody } from "@/server/rest/http/unread-body";

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
 * Rejects a body that exceeds the limit of its path (413), whether or not it announces its length, that is compressed
 * (415), that arrives too slowly (408), or for which the client's address has no room (503), and drops it. Otherwise it
 * counts against the budget until the response. Returns whether the request can continue.
 */
export function limitBody(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  { budget, address }: { readonly budget: BodyBudget; readonly address: string },
): boolean {
  const { "content-length": announced, "transfer-encoding": encoding } = request.headers;
  if (encoding === undefined && (announced === undefined || announced === "0")) return true;
  const limit = limitOf(path);
  try {
    if (Number(announced) > limit) throw tooLarge(limit);
    if (path !== "/api/inngest") requireUncompressed(request.headers["content-encoding"]);
    const claim = budget.claim(address);
    response.once("close", () => claim.release());
    countBody(request, limit, claim, (error) => reject(request, response, limit, error));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    reject(request, response, limit, error);
  }
  return !response.headersSent;
}

/** Next would read a compressed body as garbage. */
function requireUncompressed(encoding: string | undefined): void {
  if (contentEncoding(encoding) === null) return;
  throw new DomainError("unsupported_media_type", "Send the body of this request without Content-Encoding.");
}

/** Counts a body while the parser passes it to the request's reader. */
function countBody(
  request: IncomingMessage,
  limit: number,
  claim: BodyClaim,
  rejectBody: (error: DomainError) => void,
): void {
  const push = request.push.bind(request);
  let size = 0;
  let isRejected = false;
  const fail = (error: DomainError) => {
    isRejected = true;
    claim.release();
    rejectBody(error);
    // The reader must fail, but not the connection, which the client may use again after the rest of the body.
    request._destroy = (reason, done) => done(reason);
    request.destroy();
    request._read(0);
  };
  claim.receive(fail);
  request.push = (chunk: Buffer | null) => {
    if (isRejected) return true;
    if (chunk === null) {
      claim.complete();
      return push(null);
    }
    size += chunk.length;
    if (size > limit) fail(tooLarge(limit));
    else if (claim.charge(chunk.length)) return push(chunk);
    else fail(overloaded());
    return true;
  };
}

function reject(request: IncomingMessage, response: ServerResponse, limit: number, error: DomainError): void {
  if (response.headersSent) return;
  response.writeHead(failures[error.code].http, {
    "content-type": JSON_TYPE,
    "cache-control": "no-store",
    // Procedures leave it to their own responses.
    ...(!response.hasHeader("x-request-id") && { "x-request-id": randomUUID() }),
    ...error.details.headers,
  });
  response.end(JSON.stringify(errorBody(error)));
  if (!request.complete) limitUnreadBody(request, response, limit);
}
