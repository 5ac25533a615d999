import type { Server } from "node:http";

/**
 * Prepares a server for a graceful shutdown. The returned function waits for `drain`, during which load balancers notice
 * that they have to send requests elsewhere. Then it stops accepting connections and resolves once every accepted request
 * has its response. From the beginning, it closes each connection after its response, so that a client that keeps sending
 * cannot keep the process alive, and few connections are open when it stops accepting.
 */
export function prepareStop(server: Server): (drain?: Promise<unknown>) => Promise<void> {
  let stopping = false;
  server.prependListener("request", (_request, response) => {
    if (stopping) response.shouldKeepAlive = false;
    response.once("close", () => {
      // The connection becomes idle only after this event.
      if (stopping && !server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  return async (drain) => {
    stopping = true;
    await drain;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  };
}
