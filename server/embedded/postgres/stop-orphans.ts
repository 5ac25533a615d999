import { execFileSync } from "node:child_process";
import { readdir, readFile, readlink, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Makes the cluster in `folder` startable after a supervisor that died: stops the PostgreSQL that it left running and
 * removes a `postmaster.pid` whose process id now belongs to somebody else. Only for the holder of the data
 * directory's lock.
 *
 * @throws Error when a process of that cluster cannot be stopped.
 */
export async function stopOrphans(folder: string, log: (line: string) => void): Promise<void> {
  const data = await realpath(folder);
  const pidFile = join(data, "postmaster.pid");
  const postmaster = Number.parseInt(await readFile(pidFile, "utf8").catch(() => ""), 10);
  if (Number.isNaN(postmaster)) return;
  const running = await clusterProcesses(data);
  if (running.length > 0) {
    log("Stopping the PostgreSQL that an earlier run left behind");
    await stopAll(data, running.includes(postmaster) ? postmaster : undefined);
  }
  // PostgreSQL itself recognises a dead process, but not a number that was given to another one since.
  await rm(pidFile, { force: true });
}

/** Asks the postmaster for a fast shutdown, then an immediate one; sessions whose postmaster is dead are told to end. */
async function stopAll(data: string, postmaster: number | undefined): Promise<void> {
  const steps =
    postmaster === undefined
      ? ([
          ["SIGTERM", 5_000],
          ["SIGKILL", 5_000],
        ] as const)
      : ([
          ["SIGINT", 30_000],
          ["SIGQUIT", 5_000],
          ["SIGKILL", 5_000],
        ] as const);
  for (const [signal, patience] of steps) {
    const targets = postmaster === undefined || signal === "SIGKILL" ? await clusterProcesses(data) : [postmaster];
    for (const pid of targets) sendSignal(pid, signal);
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      if ((await clusterProcesses(data)).length === 0) return;
      await sleep(50);
    }
  }
  throw new Error(`A PostgreSQL that uses ${data} is still running and cannot be stopped.`);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The postmaster and its sessions, whichever still run: all of them work in the cluster's data directory. */
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

/** Where there is no /proc. Sessions are not seen: they end by themselves when their postmaster is gone. */
function postmastersByCommandLine(data: string): number[] {
  const lines = execFileSync("ps", ["-axo", "pid=,command="], { encoding: "utf8" }).split("\n");
  const own = lines.filter((line) => line.includes(`-D ${data} `) && line.includes("/bin/postgres"));
  return own.map((line) => Number.parseInt(line, 10));
}
