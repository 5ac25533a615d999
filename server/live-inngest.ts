import { serve } from "inngest/edge";
import { type Env, readEnv } from "@/server/kernel/env";
import { createFunctions } from "@/server/inngest/functions/create-functions";
import { keepRegistered } from "@/server/inngest/registration/keep-registered";
import { sendingProblem } from "@/server/inngest/registration/report-sending";
import { warnOfRejectedCalls } from "@/server/inngest/warn-of-rejected-calls";
import { live } from "@/server/live-services";

type Handler = (request: Request) => Promise<Response>;

/** Serves the functions with the real services through the SDK's `serve`, which requires signed calls. */
export function inngestHandler(): Handler {
  const { inngest, background, log } = live();
  const { serveOrigin } = readEnv().inngest;
  const serving = serve({
    client: inngest,
    functions: createFunctions(inngest, background),
    enableUnauthedSync: false,
    ...(serveOrigin && { serveOrigin }),
  });
  return warnOfRejectedCalls(serving, log);
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

/** Keeps the functions registered with the configured Inngest server whose signing key this is. */
export function keepFunctionsRegistered(signingKey: string, env: Env): { stop(): Promise<void> } {
  const { signingKeyFallback, baseUrl, serveOrigin, workerPort } = env.inngest;
  const { publicUrl } = env;
  const { inngest, services } = live();
  const hasWorker = workerPort !== undefined;
  return keepRegistered({
    services,
    signingKey,
    signingKeyFallback,
    baseUrl,
    functionsUrl: `${serveOrigin ?? publicUrl}/api/inngest`,
    call: hasWorker ? fetch : inngestEndpoint,
    callUrl: hasWorker ? `http://127.0.0.1:${workerPort}/api/inngest` : `${publicUrl}/api/inngest`,
    // No function has this event as its trigger.
    checkSending: () =>
      inngest.send({ name: "trailport.started" }).then(
        () => undefined,
        (error: unknown) => {
          throw new Error(sendingProblem(error));
        },
      ),
  });
}
