import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { z } from "zod";

const START_TIMEOUT = 120_000;

const firstStart = z.object({ api_key: z.string(), organization_id: z.string() });

export type FirstStart = z.output<typeof firstStart>;

/** One machine: a start command with its web and its worker process. */
export class ScaledNode {
  #process: ChildProcess | undefined;

  constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** Starts the node and waits until it is ready. */
  async start(variables: Readonly<Record<string, string>> = {}): Promise<void> {
    const logFile = `${this.folder}.log`;
    const log = openSync(logFile, "a");
    const child = spawn(process.execPath, ["--enable-source-maps", "dist/start.js"], {
      env: {
        ...process.env,
        PORT: new URL(this.url).port,
        TRAILPORT_DATA_DIR: this.folder,
        ...this.variables,
        ...variables,
      },
      stdio: ["ignore", log, log],
      detached: true,
    });
    this.#process = child;
    const deadline = performance.now() + START_TIMEOUT;
    while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
      const response = await fetch(`${this.url}/api/health/ready`).catch(() => null);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`A node did not start:\n${await readFile(logFile, "utf8")}`);
  }

  /** Stops the node like an orchestrator does, and waits until its processes have ended. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  }

  /** Kills the worker process, if one is running. The start command starts another. */
  async killWorker(): Promise<void> {
    const { stdout } = await promisify(execFile)("ps", ["-Ao", "pid=,ppid=,args="]);
    for (const line of stdout.split("\n")) {
      const [pid, parent, ...command] = line.trim().split(/\s+/);
      if (Number(parent) !== this.#process?.pid || !command.join(" ").includes("dist/worker.js")) continue;
      process.kill(Number(pid), "SIGKILL");
    }
  }

  /** What the first start of the database printed on this node. */
  async firstStart(): Promise<FirstStart> {
    return firstStart.parse(JSON.parse(await readFile(`${this.folder}/first-start.json`, "utf8")));
  }
}
