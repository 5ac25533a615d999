import { closeSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readIfPresent } from "@/server/embedded/host/durable-files";
import { openLocked } from "@/server/embedded/host/kernel-lock.mjs";
import { identifyNamespace } from "@/server/embedded/host/process-identity.mjs";
import { stopOrphans } from "./stop-orphans";

/** How long the sessions of a killed server may take to exit (ms). */
const EXIT_TIMEOUT = 5_000;
/** PostgreSQL checks each minute whether `postmaster.pid` still has its process ID, and otherwise exits at once (ms). */
const RECHECK_TIMEOUT = 125_000;

/**
 * Makes sure that no PostgreSQL runs on the cluster: stops one that outlived its supervisor, takes the cluster's lock in
 * the kernel, and removes what a killed server left behind. PostgreSQL itself can't: it recognizes a dead process by its
 * ID, which another process may have by now, and which means nothing in another container.
 *
 * The lock is on a file that PostgreSQL never replaces. The server inherits it, so the kernel ends it with the last
 * process of that server, in whichever container that runs.
 *
 * @returns the lock's descriptor, for the server to inherit.
 * @throws Error in one sentence if a PostgreSQL that can't be stopped from here uses the cluster.
 */
export async function lockCluster(
  data: string,
  log: (line: string) => void,
  recheckTimeout = RECHECK_TIMEOUT,
): Promise<number> {
  await stopOrphans(data, log);
  const { fd, state } = await openWithin(data, EXIT_TIMEOUT);
  const pidFile = join(data, "postmaster.pid");
  const wasKilled = (await readIfPresent(pidFile)) !== null;
  await rm(pidFile, { force: true });
  if (state === "unsupported" && (await isFirstHere(data)) && wasKilled) {
    log("The last PostgreSQL ran in another container and may still run. Waiting two minutes for its end");
    await sleep(recheckTimeout);
  }
  return fd;
}

/** Whether no process has the cluster's lock. */
export function isUnlocked(data: string): boolean {
  const lock = openLocked(lockFile(data));
  if (lock.state !== "busy") closeSync(lock.fd);
  return lock.state !== "busy";
}

function lockFile(data: string): string {
  return join(data, "PG_VERSION");
}

async function openWithin(data: string, timeout: number): Promise<{ fd: number; state: "taken" | "unsupported" }> {
  for (const deadline = performance.now() + timeout; ; await sleep(100)) {
    const lock = openLocked(lockFile(data));
    if (lock.state !== "busy") return lock;
    if (performance.now() > deadline) {
      throw new Error(
        `A PostgreSQL in another container still uses ${data}, although its Trailport ended. Stop that container first.`,
      );
    }
  }
}

/**
 * Whether the last server may have run in another container or on another machine. Without locks in the kernel, such a
 * server only notices that its `postmaster.pid` is gone.
 */
async function isFirstHere(data: string): Promise<boolean> {
  const record = join(dirname(data), "started-in");
  const { kernel, namespace } = identifyNamespace();
  const own = `${kernel} ${namespace}\n`;
  const last = await readIfPresent(record);
  await writeFile(record, own, { mode: 0o600 });
  return last !== own || namespace === "";
}
