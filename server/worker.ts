import { setTimeout as sleep } from "node:timers/promises";
import { readEnv } from "@/server/kernel/env";
import { startRunner } from "@/server/embedded/runner/runner";
import { poolSize } from "@/server/infra/postgres/database";
import { inngestHandler } from "@/server/live-inngest";
import { closeLiveServices, live } from "@/server/live-services";
import { serveFunctions } from "@/server/web/functions-server";

const { databaseUrl, databaseConnections, drainSeconds, inngest, memory } = readEnv();
const { log } = live();

/** Runs the functions in this process, or serves them to an Inngest server. */
function start(): Promise<{ stop(drain?: Promise<unknown>): Promise<void> }> {
  const { embedded, signingKey, workerPort, workerHost } = inngest;
  if (signingKey === undefined) throw new Error("INNGEST_SIGNING_KEY is missing: calls of functions must be signed.");
  if (embedded)
    return startRunner({
      databaseUrl,
      connections: Math.min(memory.connections, poolSize(databaseConnections)),
      handler: inngestHandler(),
      signingKey,
      log,
    });
  if (workerPort === undefined) throw new Error("TRAILPORT_WORKER_PORT is missing: npm start sets it.");
  return serveFunctions(inngestHandler(), workerPort, workerHost);
}

const work = await start();
log.info({}, "worker is running");
process.send?.({ type: "ready" });

let stopping = false;
/** @param drain how long it accepts calls of functions, in milliseconds. */
async function stop(drain: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  // An Inngest server's calls arrive as long as the web process accepts requests.
  await work.stop(sleep(drain));
  await closeLiveServices();
  process.exit(0);
}
process.on("SIGTERM", () => void stop(drainSeconds * 1_000));
process.on("SIGINT", () => void stop(drainSeconds * 1_000));
// The start command's supervisor has ended.
process.on("disconnect", () => void stop(0));
