import { createServer } from "node:http";
import { answerMalformed, apiListener } from "@/server/rest/listener";
import type { Services } from "@/server/services";

/** The REST API on a free port of its own, as the web process serves it. */
export async function serveApi(services: Services): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(apiListener(services)).on("clientError", answerMalformed);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
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
