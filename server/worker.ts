import { readEnv } from "@/server/kernel/env";
import { startRunner } from "@/server/embedded/runner/runner";
import { inngestHandler } from "@/server/live-inngest";
import { closeLiveServices, live } from "@/server/live-services";
import { serveFunctions } from "@/server/web/functions-server";

const { databaseUrl, inngest } = readEnv();
const { log } = live();

/** Runs the functions in this process, or serves them to an Inngest server. */
function start(): Promise<{ stop(): Promise<void> }> {
  const { embedded, signingKey, workerPort } = inngest;
  if (signingKey === undefined) throw new Error("INNGEST_SIGNING_KEY is missing: calls of functions must be signed.");
  if (embedded) return startRunner({ databaseUrl, handler: inngestHandler(), signingKey, log });
  if (workerPort === undefined) throw new Error("TRAILPORT_WORKER_PORT is missing: npm start sets it.");
  return serveFunctions(inngestHandler(), workerPort);
}

const work = await start();
log.info({}, "worker is running");
process.send?.({ type: "ready" });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await work.stop();
  await closeLiveServices();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
// The start command's supervisor has ended.
process.on("disconnect", () => void stop());
