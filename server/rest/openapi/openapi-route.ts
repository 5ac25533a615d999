import { z } from "zod";
import type { Route } from "@/server/rest/http/operation";
import { jsonReply, type Reply } from "@/server/rest/http/reply";
import { openApiDocument } from "./document";

/** `GET /openapi.json`, which is not part of the document itself. */
export function openApiRoute(routes: readonly Route[]): Route {
  return {
    topic: "OpenAPI",
    path: "/openapi.json",
    operations: {
      GET: {
        documentation: { summary: "Get this document", access: "open", status: 200, response: z.object({}) },
        handler: ({ config }) => {
          let reply: Reply | null = null;
          return async () => (reply ??= jsonReply(200, openApiDocument(routes, config.publicUrl)));
        },
      },
    },
  };
}
