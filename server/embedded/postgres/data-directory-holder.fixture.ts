// Runs what the start command runs first: opens the data directory and starts PostgreSQL, then prints the URL. A line on
// the standard input kills it. Without locks in the kernel, it starts no PostgreSQL.
import { setInterval } from "node:timers";
import { openDataDirectory } from "@/server/embedded/host/data-directory";
import { startPostgres } from "./start-postgres";

const [dataDir = "", interval, timeout, lock] = process.argv.slice(2);
// The machine has no locks in the kernel if it has no flock(1).
if (lock === "without") process.env["PATH"] = "";

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
  const server = await startPostgres({ dataDir, log: () => undefined, settings });
  print(`started ${server.url}`);
  void server.exited.then(() => exitWith("PostgreSQL exited"));
}

process.stdin.on("data", () => process.kill(process.pid, "SIGKILL"));
setInterval(() => undefined, 60_000);
