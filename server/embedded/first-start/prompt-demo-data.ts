import { createInterface } from "node:readline/promises";

const patience = 20_000;

/** Whether a first start loads demo data: as the flag says, else as the person at the terminal says, else yes. */
export async function wantsDemoData(flags: string[], signal: AbortSignal): Promise<boolean> {
  if (flags.includes("--empty")) return false;
  if (flags.includes("--demo") || !process.stdin.isTTY || !process.stdout.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // In its raw mode the terminal hands Ctrl-C to us instead of sending the signal.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await terminal.question("  Load demo data (three organizations, 90 days of events)? [Y/n] ", {
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    return !/^\s*n/i.test(answer);
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") {
      process.stdout.write("\n");
      return true;
    }
    throw error;
  } finally {
    terminal.close();
  }
}
