import { expect, test } from "vitest";
import { inTurn, type Turns } from "./turns";

/** Work that runs until it is finished from outside. */
function aJob() {
  const job = { hasStarted: false, finish: () => undefined as void, fail: () => undefined as void };
  const ended = new Promise<void>((resolve, reject) => {
    job.finish = resolve;
    job.fail = () => reject(new Error("failed"));
  });
  const work = () => {
    job.hasStarted = true;
    return ended;
  };
  return { job, work };
}

test("an owner's work runs in order, as much at a time as allowed, also after a failure", async () => {
  const turns: Turns = { parallel: 2, queues: new Map() };
  const all = [aJob(), aJob(), aJob(), aJob()];
  const started = () => all.map(({ job }) => job.hasStarted);
  const results = Promise.allSettled(all.map(({ work }) => inTurn(turns, 1, work)));
  expect(started()).toEqual([true, true, false, false]);
  all[1]?.job.fail();
  await expect.poll(started).toEqual([true, true, true, false]);
  all[0]?.job.finish();
  await expect.poll(started).toEqual([true, true, true, true]);
  for (const { job } of all) job.finish();
  expect((await results).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  expect(turns.queues.size).toBe(0);
});

test("an owner does not wait for another owner's work", async () => {
  const turns: Turns = { parallel: 1, queues: new Map() };
  const [busy, other] = [aJob(), aJob()];
  const both = [inTurn(turns, 1, busy.work), inTurn(turns, 2, other.work)];
  expect(other.job.hasStarted).toBe(true);
  busy.job.finish();
  other.job.finish();
  await Promise.all(both);
});
