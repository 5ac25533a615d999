import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createApi } from "@/server/rest/api";
import type { Services } from "@/server/services";

/** The REST API on a free port of its own, as the web process serves it. */
export async function serveApi(services: Services): Promise<{ url: string; close(): Promise<void> }> {
  const api = createApi(services);
  const server = createServer(getRequestListener((request) => api.fetch(request), { overrideGlobalObjects: false }));
  // Hundreds of parallel requests come at once, and connections outlive a slow test.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1", backlog: 2_000 }, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
