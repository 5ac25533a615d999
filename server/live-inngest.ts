import { serve } from "inngest/edge";
import { readEnv } from "@/server/kernel/env";
import { createFunctions } from "@/server/inngest/functions/create-functions";
import { live } from "@/server/live-services";

type Handler = (request: Request) => Promise<Response>;

/** The functions over the real services, behind the SDK's own `serve`: calls must be signed. */
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
 * `/api/inngest` of a web process that runs without a worker: for an Inngest server that was configured; there is nothing
 * while the embedded runner works.
 */
export async function inngestEndpoint(request: Request): Promise<Response> {
  const { embedded, signingKey } = readEnv().inngest;
  if (embedded || signingKey === undefined)
    return Response.json({ message: "No Inngest server is configured." }, { status: 404 });
  handler ??= inngestHandler();
  return handler(request);
}
