import { expect, test } from "vitest";
import { keepRunning, type Running } from "./restart-supervisor";

/** Things that run until told to end, by `end` from outside or by their own `stop`. */
function startable() {
  const ends: ((how: string) => void)[] = [];
  const start = async (): Promise<Running> => {
    const { promise, resolve } = withResolver();
    ends.push(resolve);
    return { ended: promise, stop: async () => resolve("was stopped"), kill: () => resolve("was killed") };
  };
  return { start, ends };
}

function withResolver(): { promise: Promise<string>; resolve: (how: string) => void } {
  let resolve: (how: string) => void = () => undefined;
  const promise = new Promise<string>((take) => {
    resolve = take;
  });
  return { promise, resolve };
}

test("what ends by itself is started again, and a line says so", async () => {
  const { start, ends } = startable();
  const said: string[] = [];
  const kept = await keepRunning("The web process", start, (line) => said.push(line));

  ends[0]?.("ended with code 1");

  await expect.poll(() => ends.length).toBe(2);
  expect(said).toEqual(["The web process ended with code 1; starting it again in 0.5 s"]);
  await kept.stop();
});

test("what was stopped stays stopped", async () => {
  const { start, ends } = startable();
  const kept = await keepRunning("The web process", start, () => undefined);

  await kept.stop();

  expect(ends).toHaveLength(1);
});

test("a stop during the pause before a new start prevents it", async () => {
  const { start, ends } = startable();
  const said: string[] = [];
  const kept = await keepRunning("The web process", start, (line) => said.push(line));
  ends[0]?.("ended with code 1");
  await expect.poll(() => said.length).toBe(1);

  await kept.stop();

  expect(ends).toHaveLength(1);
});

test("a first start that fails is the caller's affair", async () => {
  const start = () => Promise.reject(new Error("no luck"));

  await expect(keepRunning("The web process", start, () => undefined)).rejects.toThrow("no luck");
});
