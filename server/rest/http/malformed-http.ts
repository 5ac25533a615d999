import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { rawResponse } from "./raw-response";

const responses: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The request's headers are larger than 16 kB in total."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request did not arrive in time."],
};

/**
 * Returns the listener that responds to requests that Node could not parse (a server's `clientError` event). The response
 * is JSON as well, because one SDK crashes its process on anything else.
 */
export function rejectMalformed(publicUrl: string) {
  return (error: MalformedError, socket: Duplex): void => respond(error, socket, publicUrl);
}

type MalformedError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

function respond(error: MalformedError, socket: Duplex, publicUrl: string): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  // A client that connects ahead of its first request would take a response for that of the request.
  if ((socket as Partial<Socket>).bytesRead === 0) return void socket.destroy();
  const [status, message] = responses[error.code ?? ""] ?? [400, "The request is not valid HTTP."];
  // A client would take a body after the response to HEAD for the next response. The packet may begin with the rest of an
  // earlier request's body, so the search for the method covers all of it.
  const isHead = error.rawPacket?.includes("HEAD ") ?? false;
  socket.end(rawResponse(publicUrl, { status, message, isHead }));
}
