import { setTimeout as pause } from "node:timers/promises";
import type { BenchDatabase } from "@/bench/bench-database";
import { environmentFor } from "@/bench/process-environment";
import { type Process, start } from "@/bench/processes";
import { send } from "./http-client";
import { freePort } from "@/server/embedded/host/free-port";
import { build, isBuilt } from "@/server/embedded/launcher/build.mjs";
import { WORKER_OPTIONS } from "@/server/embedded/supervisor/worker-options";

/** CPU cores that web and worker together use at most when nothing is going on. */
const IDLE_CORES = 0.15;
/** Seconds that they may take to get there. */
const IDLE_TIMEOUT = 90;

/** A complete Trailport: the web process with its pages, and the worker. */
export interface Trailport {
  readonly port: number;
  readonly web: Process;
  /** Waits until web and worker have finished what an attack left behind. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts web and worker, as `npm start` does, with the default limits. Builds them first if needed. */
export async function startTrailport(bench: BenchDatabase, profile: string | undefined): Promise<Trailport> {
  if (!isBuilt()) {
    console.log("building");
    await build();
  }
  const port = await freePort();
  const env = {
    ...environmentFor(bench),
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
    HOST: "127.0.0.1",
    RATE_LIMIT_PER_MINUTE: undefined,
    EVENT_LIMIT_PER_MINUTE: undefined,
    CALL_LIMIT_PER_MINUTE: undefined,
    LOG_LEVEL: "fatal",
  };
  const web = start("dist/main.js", { env, ...(profile !== undefined && { profile }) });
  await web.message();
  const worker = start("dist/worker.js", { env, node: WORKER_OPTIONS });
  await worker.message();
  // Next loads an endpoint when it is first called, which is not an attack.
  for (const path of ["/api/trpc/workspace.current", "/api/portal/portal.session"])
    await send({ port, path, method: "GET" });
  const used = async () => (await web.processorSeconds()) + (await worker.processorSeconds());
  return {
    port,
    web,
    async idle() {
      for (let seconds = 0; seconds < IDLE_TIMEOUT; seconds += 1) {
        const before = await used();
        await pause(1000);
        // Unknown except on Linux, where the first second has to do.
        if (!((await used()) - before > IDLE_CORES)) return;
      }
    },
    async stop() {
      await web.stop();
      await worker.stop();
    },
  };
}
