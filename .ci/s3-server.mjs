// An S3 server for the tests, where this machine can have one: nothing is installed outside a temporary folder.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const credentials = { key: "trailport-test", secret: "trailport-test-secret" };
/** Milliseconds that the installation may take; it goes on beside the first checks. */
const INSTALLATION = 180_000;

/** Runs a command quietly; answers whether it succeeded in time. */
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

/** The command that serves S3: versitygw where it is installed, else moto, installed now where it is not. */
async function find(folder) {
  if (await succeeds("versitygw", ["--version"], 10_000)) {
    const data = join(folder, "data");
    mkdirSync(data);
    return (port) => ["versitygw", ["--port", `127.0.0.1:${port}`, "posix", data]];
  }
  const moto = (command) => (port) => [command, ["-H", "127.0.0.1", "-p", String(port)]];
  if (await succeeds("moto_server", ["--help"], 20_000)) return moto("moto_server");
  const venv = join(folder, "venv");
  if (!(await succeeds("python3", ["-m", "venv", venv], INSTALLATION))) return null;
  const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--no-cache-dir", "--retries", "1", "moto[s3,server]"];
  return (await succeeds(join(venv, "bin", "python"), pip, INSTALLATION))
    ? moto(join(venv, "bin", "moto_server"))
    : null;
}

async function answers(endpoint, child) {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries += 1) {
    if (await fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).catch(() => null)) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

/**
 * Starts a server and names it in TEST_S3_ENDPOINT, unless that is set already. Where none can be had, the tests that
 * need one are skipped and say so.
 * @returns what ends the server and removes everything again
 */
export async function startS3Server() {
  if (process.env.TEST_S3_ENDPOINT) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), "trailport-s3-"));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  const command = await find(folder).catch(() => null);
  if (command === null) {
    clear();
    return () => undefined;
  }
  const port = await freePort();
  const { key, secret } = credentials;
  const env = { ...process.env, ROOT_ACCESS_KEY: key, ROOT_SECRET_KEY: secret };
  const child = spawn(...command(port), { cwd: folder, stdio: "ignore", env }).on("error", () => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  if (await answers(endpoint, child)) process.env.TEST_S3_ENDPOINT = endpoint;
  // Whatever becomes of the checks, they do not wait for it.
  child.unref();
  const end = () => {
    child.kill("SIGKILL");
    clear();
  };
  process.once("exit", end);
  return end;
}
