import { serve } from "inngest/edge";
import { readEnv } from "@/server/kernel/env";
import { createFunctions } from "@/server/inngest/functions/create-functions";
import { live } from "@/server/live-services";

type Handler = (request: Request) => Promise<Response>;

/** Serves the functions with the real services through the SDK's `serve`, which requires signed calls. */
export function inngestHandler(): Handler {
  const { inngest, background } = live();
  const { serveOrigin } = readEnv().inngest;
  return serve({
    client: inngest,
    functions: createFunctions(inngest, background),
    enableUnauthedSync: false,
    ...(serveOrigin && { serveOrigin }),
  });
}

let handler: Handler | undefined;

/**
 * Serves `/api/inngest` in a web process without a worker, for a configured Inngest server. Responds with 404 if there is
 * none or the embedded runner is in use.
 */
export async function inngestEndpoint(request: Request): Promise<Response> {
  const { embedded, signingKey } = readEnv().inngest;
  if (embedded || signingKey === undefined)
    return Response.json({ message: "No Inngest server is configured." }, { status: 404 });
  handler ??= inngestHandler();
  return handler(request);
}
