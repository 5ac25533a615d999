import type { Server } from "node:http";

/**
 * Prepares a server for being stopped. The function that it answers takes no more connections and resolves when every
 * request that had come in is answered; their connections are closed with the answer, so that a sender that never
 * pauses does not keep the process.
 */
export function prepareStop(server: Server): () => Promise<void> {
  let stopping = false;
  server.prependListener("request", (_request, response) => {
    if (stopping) response.shouldKeepAlive = false;
    response.once("close", () => {
      // The connection is idle only when its answer has been dealt with.
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
