import { execFileSync } from "node:child_process";
import { readdir, readFile, readlink, realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Signals to send, each with the time to wait for its effect (ms). */
type Escalation = readonly (readonly [NodeJS.Signals, number])[];

/** For a postmaster: a fast shutdown, then an immediate one. */
const postmasterEscalation: Escalation = [
  ["SIGINT", 30_000],
  ["SIGQUIT", 5_000],
  ["SIGKILL", 5_000],
];
/** For sessions whose postmaster is dead. */
const sessionEscalation: Escalation = [
  ["SIGTERM", 5_000],
  ["SIGKILL", 5_000],
];

/**
 * Stops the PostgreSQL that still runs on the cluster in `folder` after its supervisor died. Finds only processes that
 * this one can see, which excludes other containers. Only the holder of the data directory's lock may call this.
 *
 * @throws Error if a process of that cluster cannot be stopped.
 */
export async function stopOrphans(folder: string, log: (line: string) => void): Promise<void> {
  const data = await realpath(folder);
  const running = await clusterProcesses(data);
  if (running.length === 0) return;
  log("Stopping a PostgreSQL server left over from an earlier run");
  const postmaster = Number.parseInt(await readFile(join(data, "postmaster.pid"), "utf8").catch(() => ""), 10);
  await stopAll(data, running.includes(postmaster) ? postmaster : undefined);
}

async function stopAll(data: string, postmaster: number | undefined): Promise<void> {
  for (const [signal, timeout] of postmaster === undefined ? sessionEscalation : postmasterEscalation) {
    const targets = postmaster === undefined || signal === "SIGKILL" ? await clusterProcesses(data) : [postmaster];
    for (const pid of targets) sendSignal(pid, signal);
    const deadline = performance.now() + timeout;
    while (performance.now() < deadline) {
      if ((await clusterProcesses(data)).length === 0) return;
      await sleep(50);
    }
  }
  throw new Error(`A PostgreSQL server that uses ${data} is still running and cannot be stopped.`);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // process.kill throws the system's error. ESRCH means that the process has exited.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Returns the running postmaster and sessions. All of them have the cluster's data directory as working directory. */
async function clusterProcesses(data: string): Promise<number[]> {
  if (process.platform !== "linux") return postmastersByCommandLine(data);
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const belongs = await Promise.all(
    pids.map(async (pid) => {
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
      if (folder !== data) return false;
      const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
      return name.trim() === "postgres";
    }),
  );
  return pids.filter((_, index) => belongs[index]).map(Number);
}

/** Finds postmasters without /proc. It does not find sessions, but those exit on their own without a postmaster. */
function postmastersByCommandLine(data: string): number[] {
  const lines = execFileSync("ps", ["-axo", "pid=,command="], { encoding: "utf8" }).split("\n");
  const matching = lines.filter((line) => line.includes(`-D ${data} `) && line.includes("/bin/postgres"));
  return matching.map((line) => Number.parseInt(line, 10));
}
