import { expect, test } from "vitest";
import { type RunningProcess, supervise } from "./restart-supervisor";

/** Processes that run until `exits[n]` is called from outside, or their own `stop` or `kill`. */
function startable() {
  const exits: ((how: string) => void)[] = [];
  const start = async (): Promise<RunningProcess> => {
    let exit: (how: string) => void = () => undefined;
    const exited = new Promise<string>((resolve) => {
      exit = resolve;
    });
    exits.push(exit);
    return { exited, stop: async () => exit("was stopped"), kill: () => exit("was killed") };
  };
  return { start, exits };
}

test("a process that exits is restarted, and a log line says so", async () => {
  const { start, exits } = startable();
  const lines: string[] = [];
  const supervised = await supervise("The web process", start, (line) => lines.push(line));

  exits[0]?.("exited with code 1");

  await expect.poll(() => exits.length).toBe(2);
  expect(lines).toEqual(["The web process exited with code 1; restarting in 0.5 s"]);
  await supervised.stop();
});

test("a stopped process is not restarted", async () => {
  const { start, exits } = startable();
  const supervised = await supervise("The web process", start, () => undefined);

  await supervised.stop();

  expect(exits).toHaveLength(1);
});

test("a stop during the restart delay prevents the restart", async () => {
  const { start, exits } = startable();
  const lines: string[] = [];
  const supervised = await supervise("The web process", start, (line) => lines.push(line));
  exits[0]?.("exited with code 1");
  await expect.poll(() => lines.length).toBe(1);

  await supervised.stop();

  expect(exits).toHaveLength(1);
});

test("a first start that fails rejects", async () => {
  const start = () => Promise.reject(new Error("out of memory"));

  await expect(supervise("The web process", start, () => undefined)).rejects.toThrow("out of memory");
});
