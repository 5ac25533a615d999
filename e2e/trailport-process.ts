import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { freePort } from "@/server/embedded/host/free-port";

const PATIENCE = 10 * 60_000;
const LOG = "test-results/trailport.log";

const firstStart = z.object({
  url: z.string(),
  email: z.string(),
  password: z.string(),
  api_key: z.string(),
  organization_id: z.string(),
});
/** What a first start tells the person who ran it. */
export type FirstStart = z.output<typeof firstStart>;

/** What the file that a first start leaves says. */
export async function readFirstStart(file: string): Promise<FirstStart> {
  return firstStart.parse(JSON.parse(await readFile(file, "utf8")));
}

/** `npm start` on a free port and a data directory of its own; `stop` does what Ctrl-C does and removes the data. */
export async function startTrailport(
  flags: readonly string[] = [],
): Promise<{ readonly file: string; readonly stop: () => Promise<void> }> {
  await mkdir(path.dirname(LOG), { recursive: true });
  const directory = await mkdtemp(path.join(tmpdir(), "trailport-e2e-"));
  // So that PostgreSQL, which root starts as another user, can reach its data in it.
  await chmod(directory, 0o711);
  const log = openSync(LOG, "w");
  const server = spawn("npm", ["start", "--", ...flags], {
    // As behind a proxy, so that a test can come from an address of its own.
    env: { ...process.env, PORT: String(await freePort()), TRAILPORT_DATA_DIR: directory, TRUST_PROXY: "1" },
    stdio: ["ignore", log, log],
    // A group of its own, so that stopping it reaches what npm started.
    detached: true,
  });
  const exited = once(server, "exit");
  const stop = async () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, "SIGTERM");
    await exited;
    // The supervisor can still be closing files when npm is gone.
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  };
  const file = path.join(directory, "first-start.json");
  await ready(file, exited);
  return { file, stop };
}

async function ready(file: string, exited: Promise<unknown>): Promise<void> {
  let gone = false;
  void exited.then(() => (gone = true));
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline && !gone) {
    const url = await readFirstStart(file).then(
      (start) => start.url,
      () => null,
    );
    const response = url === null ? null : await fetch(`${url}/api/health/ready`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`npm start ${gone ? "ended" : "was not ready in time"}:\n${await readFile(LOG, "utf8")}`);
}
