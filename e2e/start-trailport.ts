import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const PATIENCE = 10 * 60_000;
const LOG = "test-results/trailport.log";

/** `npm start` for the whole run, on a free port and a data directory of its own; stopped the way that Ctrl-C does. */
export default async function startTrailport(): Promise<() => Promise<void>> {
  await mkdir("test-results", { recursive: true });
  const directory = await mkdtemp(path.join(tmpdir(), "trailport-e2e-"));
  // So that PostgreSQL, which root starts as another user, can reach its data in it.
  await chmod(directory, 0o711);
  const log = openSync(LOG, "w");
  const server = spawn("npm", ["start"], {
    env: { ...process.env, PORT: String(await freePort()), TRAILPORT_DATA_DIR: directory },
    stdio: ["ignore", log, log],
    // A group of its own, so that stopping it reaches what npm started.
    detached: true,
  });
  const exited = once(server, "exit");
  process.env["TRAILPORT_E2E_START"] = path.join(directory, "first-start.json");
  await ready(path.join(directory, "first-start.json"), exited);
  return async () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, "SIGTERM");
    await exited;
    await rm(directory, { recursive: true, force: true });
  };
}

async function ready(file: string, exited: Promise<unknown>): Promise<void> {
  let gone = false;
  void exited.then(() => (gone = true));
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline && !gone) {
    const url = await readFile(file, "utf8").then(
      (text) => (JSON.parse(text) as { url: string }).url,
      () => null,
    );
    const response = url === null ? null : await fetch(`${url}/api/health/ready`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`npm start ${gone ? "ended" : "was not ready in time"}:\n${await readFile(LOG, "utf8")}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
