import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { freePort } from "@/server/embedded/host/free-port";

const START_TIMEOUT = 10 * 60_000;
const LOGS = "test-results";

const firstStart = z.object({
  url: z.string(),
  email: z.string(),
  password: z.string(),
  api_key: z.string(),
  organization_id: z.string(),
});
/** The contents of `first-start.json`, and the data directory it was found in. */
export interface FirstStart extends z.output<typeof firstStart> {
  readonly dataDirectory: string;
}

/**
 * Runs `npm start` on a free port with a new data directory and waits until it is ready. `stop` does what Ctrl-C does and removes
 * the data.
 * @throws Error with the log if the process ends or isn't ready within ten minutes
 */
export async function startTrailport(
  flags: readonly string[] = [],
): Promise<{ readonly start: FirstStart; readonly stop: () => Promise<void> }> {
  await mkdir(LOGS, { recursive: true });
  const dataDirectory = await mkdtemp(path.join(tmpdir(), "trailport-e2e-"));
  // PostgreSQL, which root starts as another user, must be able to reach its data in it.
  await chmod(dataDirectory, 0o711);
  const logFile = path.join(LOGS, `${path.basename(dataDirectory)}.log`);
  const log = openSync(logFile, "w");
  const port = String(await freePort());
  const server = spawn("npm", ["start", "--", ...flags], {
    // One trusted proxy, so that a test can choose its own client address. No `.env`: it belongs to the developer.
    env: {
      ...process.env,
      PORT: port,
      TRAILPORT_DATA_DIR: dataDirectory,
      TRUST_PROXY: "1",
      TRAILPORT_ENV_FILE: "",
      DRAIN_SECONDS: "0",
    },
    stdio: ["ignore", log, log],
    // Its own process group, so that the signal reaches the processes that npm started.
    detached: true,
  });
  const exited = once(server, "exit");
  const stop = async () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, "SIGTERM");
    await exited;
    // The supervisor can still be closing files after npm has exited.
    await rm(dataDirectory, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  };
  const start = await waitUntilReady(dataDirectory, exited);
  if (start !== null) return { start, stop };
  await stop();
  throw new Error(`npm start ended or was not ready in time:\n${await readFile(logFile, "utf8")}`);
}

/** Returns null if the process exits first or takes too long. */
export async function waitUntilReady(dataDirectory: string, exited: Promise<unknown>): Promise<FirstStart | null> {
  let hasExited = false;
  void exited.then(() => (hasExited = true));
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline && !hasExited) {
    const start = await readFile(path.join(dataDirectory, "first-start.json"), "utf8").then(
      (text) => ({ ...firstStart.parse(JSON.parse(text)), dataDirectory }),
      () => null,
    );
    const response = start === null ? null : await fetch(`${start.url}/api/health/ready`).catch(() => null);
    if (start !== null && response?.ok) return start;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return null;
}
