import { request as ask, type IncomingMessage, type ServerResponse } from "node:http";

/**
 * Hands a request to the worker process as it is, and its answer back as it comes, with no limit on how long that takes.
 * Without a worker it answers 503, and who called may do so again.
 */
export function passToWorker(port: number, request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  const passed = ask({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.once("error", () => response.destroy()).pipe(response);
  });
  passed.once("error", () => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(503, { "content-type": "application/json", "retry-after": "1" });
    response.end(JSON.stringify({ message: "The worker does not answer. Try again in a moment." }));
  });
  response.once("close", () => passed.destroy());
  request.pipe(passed);
}
