import { type ChildProcess, spawn } from "node:child_process";
import type { RunningProcess } from "./restart-supervisor";

/** How long a process may take to start (ms), on a machine that is busy with other work. */
const START_TIMEOUT = 120_000;

/**
 * Starts one of Trailport's Node processes and resolves when it reports that it is ready.
 *
 * @param args Node's own options, then the script.
 * @param stopTimeout how long it may take to stop before it is killed, in milliseconds.
 * @throws Error if the process exits before that. Its output is on the terminal.
 */
export async function startNodeProcess(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  stopTimeout: number,
): Promise<RunningProcess> {
  const child = spawn(process.execPath, ["--enable-source-maps", ...args], {
    env,
    // The IPC channel carries the ready message, and its end tells the child that this process is gone.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // Ctrl-C goes to the terminal's whole process group, but the supervisor decides the order in which processes stop.
    detached: true,
  });
  const exited = waitForExit(child);
  const timer = setTimeout(() => child.kill("SIGKILL"), START_TIMEOUT);
  const earlyExit = await Promise.race([untilReady(child), exited]);
  clearTimeout(timer);
  if (earlyExit !== undefined) throw new Error(`${name} ${earlyExit} while starting`);
  return { exited, stop: () => stop(child, exited, stopTimeout), kill: () => child.kill("SIGKILL") };
}

function untilReady(child: ChildProcess): Promise<undefined> {
  return new Promise((resolve) => {
    child.on("message", (message) => {
      if (typeof message === "object" && "type" in message && message.type === "ready") resolve(undefined);
    });
  });
}

function waitForExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(describeExit(code, signal)));
    child.once("error", (error) => resolve(`failed (${error.message})`));
  });
}

/** Returns a phrase that follows the process's name, such as "exited with code 1". */
export function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
}

async function stop(child: ChildProcess, exited: Promise<string>, timeout: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
  child.kill("SIGTERM");
  await exited;
  clearTimeout(timer);
}
