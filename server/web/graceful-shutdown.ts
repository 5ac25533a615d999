import type { Server } from "node:http";

/**
 * Prepares a server for a graceful shutdown. The returned function stops accepting connections and resolves once every
 * accepted request has its response. It closes each connection after its response, so that a client that keeps sending
 * cannot keep the process alive.
 */
export function prepareStop(server: Server): () => Promise<void> {
  let stopping = false;
  server.prependListener("request", (_request, response) => {
    if (stopping) response.shouldKeepAlive = false;
    response.once("close", () => {
      // The connection becomes idle only after this event.
      if (stopping) setImmediate(() => server.closeIdleConnections());
    });
  });
  return () =>
    new Promise((resolve) => {
      stopping = true;
      server.close(() => resolve());
      server.closeIdleConnections();
    });
}
