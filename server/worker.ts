import { readEnv } from "@/server/env";
import { startRunner } from "@/server/embedded/runner/runner";
import { inngestHandler } from "@/server/live-inngest";
import { closeLiveServices, live } from "@/server/live-services";

const { databaseUrl, inngest } = readEnv();
const { log } = live();
if (!inngest.embedded || inngest.signingKey === undefined) {
  throw new Error(
    "The worker drives the functions itself; with INNGEST_* configured, the Inngest server calls /api/inngest instead.",
  );
}

const runner = await startRunner({ databaseUrl, handler: inngestHandler(), signingKey: inngest.signingKey, log });
log.info({}, "worker is running");
process.send?.({ type: "ready" });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await runner.stop();
  await closeLiveServices();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
// The start command's supervisor has vanished.
process.on("disconnect", () => void stop());
