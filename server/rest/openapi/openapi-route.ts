import { z } from "zod";
import { defineCache } from "@/server/kernel/caches";
import type { Services } from "@/server/kernel/services";
import type { Route } from "@/server/rest/http/operation";
import { jsonReply } from "@/server/rest/http/reply";
import { openApiDocument, type ApiDocument } from "./document";

/** Creating the document takes tens of milliseconds. */
const documents = defineCache<ApiDocument>({ name: "openapi_documents", ttl: Infinity, maxEntries: 1 });

/** Returns the document of this process's API, cached. */
export function cachedDocument(routes: readonly Route[], { caches, config }: Services): Promise<ApiDocument> {
  return caches.of(documents).get(config.publicUrl, async () => openApiDocument(routes, config.publicUrl));
}

/** `GET /openapi.json`, which is not part of the document itself. */
export function openApiRoute(routes: readonly Route[]): Route {
  return {
    topic: "OpenAPI",
    path: "/openapi.json",
    operations: {
      GET: {
        documentation: { summary: "Get this document", access: "open", status: 200, response: z.object({}) },
        handler: (services) => async () => jsonReply(200, await cachedDocument(routes, services)),
      },
    },
  };
}
