import { type ChildProcess, spawn } from "node:child_process";
import { SHUTDOWN_TIMEOUT } from "@/server/kernel/timeouts";
import type { Running } from "./restart-supervisor";

/** A machine that is busy with something else takes its time. */
const startPatience = 120_000;

/**
 * Starts a Node process of ours and resolves when it says that it is ready.
 *
 * @param args the script, after Node's own options.
 * @throws Error when it ends before; what it said is on the terminal.
 */
export async function startNodeProcess(name: string, args: string[], env: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(process.execPath, ["--enable-source-maps", ...args], {
    env,
    // The channel is also how it notices that we have vanished.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // Ctrl-C goes to the terminal's whole process group; the order of stopping is ours to keep.
    detached: true,
  });
  const ended = endOf(child);
  const timer = setTimeout(() => child.kill("SIGKILL"), startPatience);
  const failure = await Promise.race([saysReady(child), ended]);
  clearTimeout(timer);
  if (failure !== undefined) throw new Error(`${name} ${failure} while starting`);
  return { ended, stop: () => stop(child, ended), kill: () => child.kill("SIGKILL") };
}

function saysReady(child: ChildProcess): Promise<undefined> {
  return new Promise((resolve) => {
    child.on("message", (message) => {
      if (typeof message === "object" && "type" in message && message.type === "ready") resolve(undefined);
    });
  });
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    );
    child.once("error", (error) => resolve(`failed (${error.message})`));
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill("SIGKILL"), SHUTDOWN_TIMEOUT);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(timer);
}
