import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { prepareStop } from "./graceful-shutdown";

/**
 * Serves the functions to an Inngest server. Usually the web process of the same machine forwards its calls to this local
 * port; a worker in its own container gets them directly.
 */
export async function serveFunctions(
  handler: (request: Request) => Promise<Response>,
  port: number,
  host = "127.0.0.1",
): Promise<{ stop(drain?: Promise<unknown>): Promise<void> }> {
  const server = createServer(getRequestListener(handler, { overrideGlobalObjects: false }));
  const stop = prepareStop(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return { stop };
}
