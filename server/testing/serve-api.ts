import { createServer } from "node:http";
import { apiListener } from "@/server/rest/api-listener";
import { rejectMalformed } from "@/server/rest/http/malformed-http";
import type { Services } from "@/server/kernel/services";
import { type Listening, listen } from "./listen";

/** Serves the REST API on a free port, like the web process does. */
export function serveApi(services: Services): Promise<Listening> {
  const server = createServer({ requireHostHeader: false }, apiListener(services));
  server.on("clientError", rejectMalformed(services.config.publicUrl));
  // With Node's 5 seconds, a stalled test process could reuse a connection that the server is just closing.
  server.keepAliveTimeout = 65_000;
  return listen(server);
}
