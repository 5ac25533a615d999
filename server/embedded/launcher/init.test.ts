// The first process of a container: a real PID namespace, in which the first process has ID 1.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const canUnshare = spawnSync("unshare", ["--pid", "--fork", "--mount-proc", "true"]).status === 0;
const canExecute = "execve" in process;
const isSkipped = !canUnshare || !canExecute;
const note = isSkipped ? " (skipped: needs Node 22.15 and a user who can create PID namespaces)" : "";

/** Leaves an orphan that ends at once, and prints whether it is gone; on SIGTERM, exits with 7. */
const script = `
  import { startUnderInit } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, "init.mjs")).href)};
  startUnderInit();
  const { execFileSync } = await import("node:child_process");
  const { existsSync } = await import("node:fs");
  process.on("SIGTERM", () => process.exit(7));
  const orphan = execFileSync("sh", ["-c", "true & echo $!"]).toString().trim();
  const timer = setInterval(() => {
    if (existsSync("/proc/" + orphan)) return;
    clearInterval(timer);
    console.log("collected");
  }, 20);
  setInterval(() => undefined, 60_000);`;

test.skipIf(isSkipped)(
  `process 1 collects orphans, passes SIGTERM on, and exits as Trailport does${note}`,
  async () => {
    const node = [process.execPath, "--input-type=module", "--eval", script];
    const container = spawn("unshare", ["--pid", "--fork", "--mount-proc", "--kill-child", ...node], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface({ input: container.stdout }), "line")) as [string];
    expect(line).toBe("collected");

    const first = await readFile(`/proc/${container.pid}/task/${container.pid}/children`, "utf8");
    process.kill(Number.parseInt(first, 10), "SIGTERM");

    expect(await once(container, "exit")).toEqual([7, null]);
  },
);
