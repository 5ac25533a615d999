// Runs what the start command runs first: opens the data directory and starts PostgreSQL, then prints the URL. A line on
// the standard input, "kill" or "stop", ends it. Without locks in the kernel, it starts no PostgreSQL.
import { setInterval } from "node:timers";
import { openDataDirectory } from "@/server/embedded/host/data-directory";
import { type RunningPostgres, startPostgres } from "./start-postgres";

const [dataDir = "", interval, timeout, lock] = process.argv.slice(2);
// The machine has no locks in the kernel if it has no flock(1).
if (lock === "without") process.env["PATH"] = "";

let server: RunningPostgres | undefined;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function exitWith(line: string): never {
  print(line);
  process.exit(1);
}

try {
  const heartbeat = { interval: Number(interval), timeout: Number(timeout) };
  await openDataDirectory(dataDir, {
    log: () => undefined,
    onLost: () => exitWith("lost the data directory"),
    heartbeat,
  });
  if (lock === "without") print("started");
  else await startServer();
} catch (error) {
  exitWith(String(error));
}

async function startServer(): Promise<void> {
  const settings = { fsync: "off", shared_buffers: "64MB" };
  server = await startPostgres({ dataDir, log: () => undefined, settings });
  print(`started ${server.url}`);
  void server.exited.then(() => exitWith("PostgreSQL exited"));
}

process.stdin.on("data", (command: Buffer) => {
  if (command.toString().startsWith("kill")) process.kill(process.pid, "SIGKILL");
  void (server?.stop() ?? Promise.resolve()).then(() => process.exit(0));
});
setInterval(() => undefined, 60_000);
