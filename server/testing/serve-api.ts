import { createServer } from "node:http";
import { apiListener } from "@/server/rest/api-listener";
import { rejectMalformed } from "@/server/rest/http/malformed-http";
import type { Services } from "@/server/kernel/services";
import { type Listening, listening } from "./listen";

/** The REST API on a free port of its own, as the web process serves it. */
export function serveApi(services: Services): Promise<Listening> {
  return listening(createServer(apiListener(services)).on("clientError", rejectMalformed));
}
