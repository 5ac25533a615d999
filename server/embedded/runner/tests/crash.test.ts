import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type RunnerUnderTest, eventually, setUpRunner } from "./runner-under-test";

let folder: string;
let workerScript: string;

// Compiled once, because ten worker processes start faster without a compiler in each.
beforeAll(async () => {
  // Inside the repository, so that the bundle can import its packages.
  await mkdir("dist", { recursive: true });
  folder = await mkdtemp(path.resolve("dist", "crash-worker-"));
  workerScript = path.join(folder, "worker.js");
  await build({
    entryPoints: [path.join(import.meta.dirname, "crash-worker.fixture.ts")],
    outfile: workerScript,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": process.cwd() },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function setUpCrash() {
  const setting = await setUpRunner();
  await setting.pool.query(
    "CREATE TABLE public.ran (position serial, step text, at timestamptz DEFAULT clock_timestamp())",
  );
  return { ...setting, ran: () => stepsRun(setting) };
}

async function stepsRun({ pool }: RunnerUnderTest): Promise<string[]> {
  return (await pool.query<{ step: string }>("SELECT step FROM public.ran ORDER BY position")).rows.map(
    ({ step }) => step,
  );
}

function startWorker({ url }: RunnerUnderTest, hangsIn = "", sleep = "1s"): ChildProcess {
  const worker = spawn(process.execPath, [workerScript, url, hangsIn, sleep], { stdio: "inherit" });
  onTestFinished(() => kill(worker));
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill("SIGKILL");
  await once(worker, "exit");
}

test("after a worker is killed in a step, the next repeats only that step and finishes the run", async () => {
  const setting = await setUpCrash();
  const worker = startWorker(setting, "two");
  await setting.inngest.send({ name: "go" });
  await eventually(async () => expect(await setting.ran()).toEqual(["one", "two"]));
  await kill(worker);
  startWorker(setting);
  expect(await setting.ended(1)).toEqual({ work: ["completed"] });
  expect(await setting.ran()).toEqual(["one", "two", "two", "three"]);
});

test("after a worker is killed during a sleep, the next wakes the run on time and finishes it", async () => {
  const setting = await setUpCrash();
  // Long enough to find the sleep and to kill the worker before it ends.
  const worker = startWorker(setting, "", "3s");
  await setting.inngest.send({ name: "go" });
  const sleeps = "SELECT wake_at FROM runner.jobs WHERE wake_at > now()";
  const wakeAt = await eventually(async () => {
    const { rows } = await setting.pool.query<{ wake_at: Date }>(sleeps);
    if (rows[0] === undefined) throw new Error("the run does not sleep yet");
    return rows[0].wake_at;
  });
  await kill(worker);
  startWorker(setting);
  expect(await setting.ended(1)).toEqual({ work: ["completed"] });
  expect(await setting.ran()).toEqual(["one", "two", "three"]);
  const { rows } = await setting.pool.query<{ at: Date }>("SELECT at FROM public.ran WHERE step = 'three'");
  expect(rows[0]?.at.getTime()).toBeGreaterThanOrEqual(wakeAt.getTime());
});

test("a step that crashes its process on every attempt fails once its attempts are used up", async () => {
  const setting = await setUpCrash();
  await setting.inngest.send({ name: "go" });
  for (const attempt of [1, 2]) {
    const worker = startWorker(setting, "one");
    await eventually(async () => expect(await setting.ran()).toHaveLength(attempt));
    await kill(worker);
  }
  startWorker(setting);
  expect(await setting.ended(1)).toEqual({ work: ["failed"] });
  expect(await setting.ran()).toEqual(["one", "one"]);
});

test("another worker takes over from one that is frozen in a step, which can save nothing afterwards", async () => {
  const setting = await setUpCrash();
  const frozen = startWorker(setting, "two");
  await setting.inngest.send({ name: "go" });
  await eventually(async () => expect(await setting.ran()).toEqual(["one", "two"]));
  frozen.kill("SIGSTOP");
  startWorker(setting);
  expect(await setting.ended(1)).toEqual({ work: ["completed"] });
  expect(await setting.ran()).toEqual(["one", "two", "two", "three"]);
  frozen.kill("SIGCONT");
  await setting.inngest.send({ name: "go" });
  expect(await setting.ended(2)).toEqual({ work: ["completed", "completed"] });
});

test("each step has its own attempts: two steps can each crash their process once", async () => {
  const setting = await setUpCrash();
  await setting.inngest.send({ name: "go" });
  for (const [step, ran] of [
    ["one", 1],
    ["two", 3],
  ] as const) {
    const worker = startWorker(setting, step);
    await eventually(async () => expect(await setting.ran()).toHaveLength(ran));
    await kill(worker);
  }
  startWorker(setting);
  expect(await setting.ended(1)).toEqual({ work: ["completed"] });
  expect(await setting.ran()).toEqual(["one", "one", "two", "two", "three"]);
});
