import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { prepareStop } from "./graceful-shutdown";

/** Serves the functions to an Inngest server, whose calls the web process forwards to this local port. */
export async function serveFunctions(
  handler: (request: Request) => Promise<Response>,
  port: number,
): Promise<{ stop(drain?: Promise<unknown>): Promise<void> }> {
  const server = createServer(getRequestListener(handler, { overrideGlobalObjects: false }));
  const stop = prepareStop(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return { stop };
}
