import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Cluster } from "./cluster";
import { postgresEnv } from "./postgres-env";

/** How a process ended. `output` is what it wrote to its log since it was started. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

export interface Postmaster {
  exited: Promise<Exit>;
  /** Requests a fast shutdown, and after 20 s an immediate one, from which the next start recovers. */
  stop(): Promise<void>;
  /** Requests an immediate shutdown without waiting for it. */
  kill(): void;
}

const maxLogBytes = 10 * 2 ** 20;

/**
 * Starts the server on a loopback port. Resolves as soon as the process exists, long before it accepts connections.
 *
 * @param lock the descriptor of the cluster's lock, which the server and its sessions inherit.
 */
export async function spawnPostmaster(
  cluster: Cluster,
  binaries: string,
  port: number,
  settings: Record<string, string>,
  lock: number,
): Promise<Postmaster> {
  const mandatory = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    // Unused, and their folder's path would have to be short.
    unix_socket_directories: "",
  };
  const options = Object.entries({ ...mandatory, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const logSize = (await stat(cluster.log).catch(() => undefined))?.size ?? 0;
  if (logSize > maxLogBytes) await rename(cluster.log, `${cluster.log}.old`);
  const outputStart = logSize > maxLogBytes ? 0 : logSize;
  const log = await open(cluster.log, "a", 0o600);
  const child = spawn(join(binaries, "bin", "postgres"), ["-D", cluster.data, ...options], {
    ...cluster.user,
    cwd: "/",
    env: postgresEnv(),
    // A file instead of a pipe: a server that outlives this process must still be able to write its log.
    stdio: ["ignore", log.fd, log.fd, lock],
    // Ctrl-C goes to the terminal's whole process group, but PostgreSQL has to stop after its clients.
    detached: true,
  });
  const exited = waitForExit(child, cluster.log, outputStart);
  await log.close();
  return { exited, stop: () => stop(child), kill: () => child.kill("SIGQUIT") };
}

async function waitForExit(child: ChildProcess, log: string, outputStart: number): Promise<Exit> {
  const spawnError = await Promise.race([
    once(child, "exit").then(() => ""),
    once(child, "error").then(([error]: Error[]) => String(error)),
  ]);
  const text = await readFile(log).catch(() => Buffer.alloc(0));
  const output = spawnError || text.subarray(outputStart).toString("utf8").trim();
  return { code: child.exitCode, signal: child.signalCode, output };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  const timers = [setTimeout(() => child.kill("SIGQUIT"), 20_000), setTimeout(() => child.kill("SIGKILL"), 25_000)];
  child.kill("SIGINT");
  await exited;
  for (const timer of timers) clearTimeout(timer);
}
