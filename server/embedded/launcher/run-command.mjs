// Plain JavaScript without packages: the launcher imports this file before anything is installed.
import { spawn } from "node:child_process";

/**
 * Runs a command and prints its output only if the command fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>} rejects if the command cannot be started or fails
 */
export function runCommand(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    const stop = () => child.kill("SIGTERM");
    process.once("SIGTERM", stop);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("SIGTERM", stop);
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      const end = signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
      reject(new Error(`${[command, ...args].join(" ")} ${end}; its output is above.`));
    });
  });
}
