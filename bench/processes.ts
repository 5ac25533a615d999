import { type ChildProcess, execFile, fork, type Serializable } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

/** Bundles a script to JavaScript, as `npm start` does. Returns the path of the bundle. */
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
  /** Returns the peak resident memory in MB. */
  peakMemory(): number;
  /** Returns the CPU seconds used so far, user and system. NaN except on Linux. */
  processorSeconds(): Promise<number>;
  /** Waits for the next message that the process sends. */
  message(): Promise<unknown>;
  /** Sends the process a message and waits for its next one. */
  request(message: Serializable): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a bundled script as a process. `node` are Node's options, `profile` is a folder for its CPU profile. */
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
  const gone = once(child, "exit").then(([code]) => Promise.reject(new Error(`${script} exited with code ${code}`)));
  // Without this, the exit of a process that no one waits for would end this one.
  gone.catch(() => undefined);
  const nextMessage = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, "message"), gone]);
    return message;
  };
  return {
    peakMemory: () => peak,
    processorSeconds: () => processorSeconds(child),
    message: nextMessage,
    request(message) {
      const response = nextMessage();
      child.send(message);
      return response;
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

/** Linux records the peak; elsewhere this is the current value, which the caller samples. */
async function residentMegabytes({ pid }: ChildProcess): Promise<number> {
  if (process.platform === "linux") {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1024;
}

/** Linux counts user and system time (fields 14 and 15) in hundredths of a second. */
async function processorSeconds({ pid }: ChildProcess): Promise<number> {
  if (process.platform !== "linux") return Number.NaN;
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Returns the version of a program on the PATH, or null if there is none. */
export async function versionOf(program: string): Promise<string | null> {
  return promisify(execFile)(program, ["--version"]).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
}
