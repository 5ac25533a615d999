import { request as sendRequest, type IncomingMessage, type ServerResponse } from "node:http";

/**
 * Forwards a request to the worker process unchanged and streams the response back, without a time limit. If the worker
 * cannot be reached, responds with 503, and the caller can retry.
 */
export function forwardToWorker(port: number, request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  const forwarded = sendRequest({ host: "127.0.0.1", port, method, path: url, headers }, (reply) => {
    // The body was rejected while it arrived.
    if (response.headersSent) return void reply.destroy();
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.once("error", () => response.destroy()).pipe(response);
  });
  forwarded.once("error", () => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(503, { "content-type": "application/json", "retry-after": "1" });
    response.end(JSON.stringify({ message: "The worker is not available. Try again in a moment." }));
  });
  response.once("close", () => forwarded.destroy());
  request.pipe(forwarded);
}
