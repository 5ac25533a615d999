// Starts an S3 server for the tests if this machine can run one. Installs nothing outside of a temporary folder.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const credentials = { key: "trailport-test", secret: "trailport-test-secret" };
/** How long the installation may take (ms). It runs in parallel with the first checks. */
const INSTALL_TIMEOUT = 180_000;

/** Runs a command without output and resolves to whether it succeeded in time. */
function succeeds(command, args, timeout) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "ignore", timeout, killSignal: "SIGKILL" });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Returns the command that serves S3: versitygw if it is installed, otherwise moto, which is installed if it is missing. */
async function findCommand(folder) {
  if (await succeeds("versitygw", ["--version"], 10_000)) {
    const data = join(folder, "data");
    mkdirSync(data);
    return (port) => ["versitygw", ["--port", `127.0.0.1:${port}`, "posix", data]];
  }
  const moto = (command) => (port) => [command, ["-H", "127.0.0.1", "-p", String(port)]];
  if (await succeeds("moto_server", ["--help"], 20_000)) return moto("moto_server");
  const venv = join(folder, "venv");
  if (!(await succeeds("python3", ["-m", "venv", venv], INSTALL_TIMEOUT))) return null;
  const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--no-cache-dir", "--retries", "1", "moto[s3,server]"];
  return (await succeeds(join(venv, "bin", "python"), pip, INSTALL_TIMEOUT))
    ? moto(join(venv, "bin", "moto_server"))
    : null;
}

async function untilReady(endpoint, child) {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries += 1) {
    if (await fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).catch(() => null)) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

/**
 * Starts a server and sets TEST_S3_ENDPOINT to it, unless that is set already. Without a server, the tests that need one
 * are skipped and say so.
 *
 * @returns {Promise<() => void>} a function that stops the server and removes its folder
 */
export async function startS3Server() {
  if (process.env.TEST_S3_ENDPOINT) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), "trailport-s3-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const command = await findCommand(folder).catch(() => null);
  if (command === null) {
    removeFolder();
    return () => undefined;
  }
  const port = await freePort();
  const { key, secret } = credentials;
  const env = { ...process.env, ROOT_ACCESS_KEY: key, ROOT_SECRET_KEY: secret };
  const child = spawn(...command(port), { cwd: folder, stdio: "ignore", env }).on("error", () => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  if (await untilReady(endpoint, child)) process.env.TEST_S3_ENDPOINT = endpoint;
  // Otherwise the process that runs the checks could not exit before the server does.
  child.unref();
  const stop = () => {
    child.kill("SIGKILL");
    removeFolder();
  };
  process.once("exit", stop);
  return stop;
}
