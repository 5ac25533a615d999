import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { JSON_TYPE } from "./reply";
import { securityHeaders } from "./security-headers";

const responses: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The request's headers are larger than 16 kB in total."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request did not arrive in time."],
};

/**
 * Returns the listener that responds to requests that Node could not parse (a server's `clientError` event). The response
 * is JSON as well, because one SDK crashes its process on anything else.
 */
export function rejectMalformed(publicUrl: string) {
  const security = Object.entries(securityHeaders(publicUrl)).map(([name, value]) => `${name}: ${value}`);
  return (error: MalformedError, socket: Duplex): void => respond(error, socket, security);
}

type MalformedError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

function respond(error: MalformedError, socket: Duplex, security: readonly string[]): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [status, message] = responses[error.code ?? ""] ?? [400, "The request is not valid HTTP."];
  const body = JSON.stringify({ message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${JSON_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${randomUUID()}`,
    ...security,
    "connection: close",
  ];
  // A client would take a body after the response to HEAD for the next response. The packet may begin with the rest of an
  // earlier request's body, so the search for the method covers all of it.
  const isHead = error.rawPacket?.includes("HEAD ") ?? false;
  socket.end(`${head.join("\r\n")}\r\n\r\n${isHead ? "" : body}`);
}
