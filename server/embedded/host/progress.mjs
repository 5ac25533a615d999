// Plain JavaScript, for the launcher too, which runs before anything is installed or built.
import { spawn } from "node:child_process";

/**
 * Does a piece of work and tells in one line what was done and how long it took.
 *
 * @template Result
 * @param {string} done
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function stage(done, work) {
  const since = performance.now();
  const result = await work();
  tell(`${done} (${((performance.now() - since) / 1000).toFixed(1)} s)`);
  return result;
}

/** @param {string} line */
export function tell(line) {
  process.stdout.write(`  ${line}\n`);
}

/**
 * Runs a command quietly. When it fails, what it said is shown.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>}
 */
export function run(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const said = [];
    child.stdout.on("data", (chunk) => said.push(chunk));
    child.stderr.on("data", (chunk) => said.push(chunk));
    const stop = () => child.kill("SIGTERM");
    process.once("SIGTERM", stop);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("SIGTERM", stop);
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(said));
      reject(
        new Error(`${[command, ...args].join(" ")} ended with ${signal ?? `code ${code}`}; what it said is above.`),
      );
    });
  });
}
