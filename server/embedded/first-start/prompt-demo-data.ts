import { createInterface } from "node:readline/promises";

/** How long to wait for an answer (ms). */
const PROMPT_TIMEOUT = 20_000;

/** Whether the first start loads demo data: as the flags say, otherwise as the user at the terminal answers, otherwise yes. */
export async function promptForDemoData(flags: string[], signal: AbortSignal): Promise<boolean> {
  if (flags.includes("--empty")) return false;
  if (flags.includes("--demo") || !process.stdin.isTTY || !process.stdout.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // readline puts the terminal into raw mode, in which Ctrl-C is a key press instead of a signal.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await terminal.question("  Load demo data (three organizations, 90 days of events)? [Y/n] ", {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PROMPT_TIMEOUT)]),
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
