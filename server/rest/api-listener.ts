import { randomUUID } from "node:crypto";
import { STATUS_CODES, type RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { createApi } from "@/server/rest/http/router";
import { errorResponse } from "@/server/rest/http/errors";
import { sentEventsListener } from "@/server/rest/http/request";

/** The REST API for a server of Node's; also what is no request that a web-standard one can be made of is answered in JSON. */
export function apiListener(services: Services): RequestListener {
  const answersSentEvents = sentEventsListener(services);
  const answer = getRequestListener(createApi(services).fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => {
      const id = randomUUID();
      const failure = new DomainError("invalid_request", "The request's address or host is not valid.", {
        headers: { "x-request-id": id },
      });
      return errorResponse(failure, { id, log: services.log });
    },
  });
  return (incoming, outgoing) => {
    if (!answersSentEvents(incoming, outgoing)) void answer(incoming, outgoing);
  };
}

const malformed: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The request's headers are larger than 16 kB together."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request did not arrive in time."],
};

/** Answers what Node's parser could not read, for a server's `clientError`: in JSON too, since one SDK's process ends at anything else. */
export function answerMalformed(error: NodeJS.ErrnoException & { readonly rawPacket?: Buffer }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [status, message] = malformed[error.code ?? ""] ?? [400, "The request is not valid HTTP."];
  const body = JSON.stringify({ message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${randomUUID()}`,
    "connection: close",
  ];
  // A body after the answer to HEAD would be taken for the next answer. The packet may begin with the rest of an earlier
  // request's body, so the method is looked for in all of it.
  const isHead = error.rawPacket?.includes("HEAD ") ?? false;
  socket.end(`${head.join("\r\n")}\r\n\r\n${isHead ? "" : body}`);
}
