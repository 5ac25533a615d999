import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

/** A script of ours as `npm start` would run it: bundled to plain JavaScript. Answers where it lies. */
export async function compile(entry: string): Promise<string> {
  const outfile = path.resolve("dist", "bench", entry.replace(/\.ts$/, ".js"));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    alias: { "@": process.cwd() },
    sourcemap: true,
    logLevel: "warning",
  });
  return outfile;
}

export interface Process {
  /** The most memory that was resident at any time, in MB. */
  peakMemory(): number;
  /** Seconds of processor time that it has taken so far, with the system's for it; NaN where only Linux would say so. */
  processorSeconds(): Promise<number>;
  /** The next message that it sends. */
  message(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a compiled script of ours as a process of its own; `node` are Node's options, `profile` a folder for its CPU profile. */
export function start(
  script: string,
  options: { env?: NodeJS.ProcessEnv; args?: string[]; node?: readonly string[]; profile?: string },
): Process {
  const { env = process.env, args = [], node = [], profile } = options;
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const execArgv = ["--enable-source-maps", ...node, ...profiling];
  const child = fork(script, args, { env, execArgv, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let peak = 0;
  const sample = async () => (peak = Math.max(peak, await residentMegabytes(child)));
  const timer = setInterval(() => void sample().catch(() => undefined), 100);
  return {
    peakMemory: () => peak,
    processorSeconds: () => processorSeconds(child),
    async message() {
      const gone = once(child, "exit").then(([code]) => Promise.reject(new Error(`${script} ended with code ${code}`)));
      const [message] = await Promise.race([once(child, "message"), gone]);
      return message;
    },
    async stop() {
      clearInterval(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** Linux keeps the peak itself; elsewhere it is the highest of many looks. */
async function residentMegabytes({ pid }: ChildProcess): Promise<number> {
  if (process.platform === "linux") {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1024;
}

/** A hundredth of a second is what Linux counts in, for user and system (fields 14 and 15). */
async function processorSeconds({ pid }: ChildProcess): Promise<number> {
  if (process.platform !== "linux") return Number.NaN;
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Whether a program is on the PATH, by asking for its version; answers the version or null. */
export async function versionOf(program: string): Promise<string | null> {
  return promisify(execFile)(program, ["--version"]).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
}
