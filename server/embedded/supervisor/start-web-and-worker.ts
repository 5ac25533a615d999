import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/server/embedded/host/free-port";
import { printLine } from "@/server/embedded/host/progress.mjs";
import { memorySizes } from "@/server/kernel/memory-sizes";
import { shutdownTimeout } from "@/server/kernel/timeouts";
import type { Mode } from "./child-env";
import { startNodeProcess } from "./node-process";
import { supervise } from "./restart-supervisor";
import type { StartEnv } from "./start-env";
import type { SupervisedProcesses } from "./supervised-processes";
import { WORKER_OPTIONS } from "./worker-options";

/**
 * Starts web and worker and resolves when the web process is ready to serve.
 *
 * @param variables returns the current environment; each restart of a process reads it again.
 */
export async function startWebAndWorker(
  env: StartEnv,
  mode: Mode,
  variables: () => NodeJS.ProcessEnv,
  processes: SupervisedProcesses,
): Promise<void> {
  // An Inngest server calls the web process, which forwards to the worker: the work must not slow down pages and events.
  const forwarding = env.hasInngest ? { TRAILPORT_WORKER_PORT: String(await freePort()) } : {};
  const stopTimeout = shutdownTimeout(env.drainSeconds);
  const starts = (["web", "worker"] as const).map(async (name) => {
    const start = () =>
      startNodeProcess(
        `The ${name} process`,
        nodeArgs(name, mode, env.memory),
        { ...variables(), ...forwarding },
        stopTimeout,
      );
    processes.add(name, await supervise(`The ${name} process`, start, printLine));
  });
  const failed = (await Promise.allSettled(starts)).find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  await untilReady(env);
}

function nodeArgs(name: "web" | "worker", mode: Mode, memory: number): string[] {
  const { heap } = memorySizes(memory);
  // Next's compiler in development needs more than the server that it compiles.
  const limit = mode === "development" ? [] : [`--max-old-space-size=${heap[name]}`];
  return name === "web"
    ? [...limit, ...script("main", mode)]
    : [...limit, ...WORKER_OPTIONS, ...script("worker", mode)];
}

function script(name: string, mode: Mode): string[] {
  return mode === "development" ? ["--import", "tsx", join("server", `${name}.ts`)] : [join("dist", `${name}.js`)];
}

async function untilReady({ host, port }: StartEnv): Promise<void> {
  const isAnyAddress = host === "0.0.0.0" || host === "::";
  const name = isAnyAddress ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  const url = `http://${name}:${port}/api/health/ready`;
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`The web process is running, but ${url} did not report ready within a minute.`);
}
