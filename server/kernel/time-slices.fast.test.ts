import { expect, test } from "vitest";
import { TimeSlices } from "./time-slices";

/** Uses up the current slice. */
function work(slices: TimeSlices): void {
  while (!slices.isOver());
}

test("several workers share one slice per turn of the event loop", async () => {
  const workers = Array.from({ length: 5 }, () => new TimeSlices());
  let turn = 0;
  let isDone = false;
  const count = () => {
    turn += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const turns: number[] = [];
  const run = async (slices: TimeSlices) => {
    for (let slice = 0; slice < 3; slice += 1) {
      await slices.next();
      turns.push(turn);
      work(slices);
    }
  };
  await Promise.all(workers.map(run));
  isDone = true;
  expect(new Set(turns).size).toBe(15);
});

test("a worker that begins while others wait gives way at once", async () => {
  const first = new TimeSlices();
  const next = first.next();
  expect(new TimeSlices().isOver()).toBe(true);
  await next;
  expect(new TimeSlices().isOver()).toBe(false);
});
