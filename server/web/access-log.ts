import type { Server } from "node:http";
import { requestIdOf } from "@/server/kernel/request-context";
import type { Logger } from "@/server/kernel/ports/logger";

/** Logs each request of a server once its response has ended, or the client has left. Query strings may contain secrets. */
export function logRequests(server: Server, log: Pick<Logger, "info">): void {
  server.prependListener("request", (request, response) => {
    const startedAt = performance.now();
    const { method, url = "" } = request;
    const { remoteAddress } = request.socket;
    response.once("close", () => {
      const given = request.headers["x-trailport-client-address"];
      log.info(
        {
          requestId: requestIdOf(request) ?? response.getHeader("x-request-id"),
          method,
          path: url.split("?", 1)[0],
          status: response.headersSent ? response.statusCode : null,
          isComplete: response.writableFinished,
          milliseconds: Math.round(performance.now() - startedAt),
          address: typeof given === "string" ? given : remoteAddress,
        },
        "request",
      );
    });
  });
}
