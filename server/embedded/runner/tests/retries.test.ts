import { NonRetriableError, RetryAfterError } from "inngest";
import { expect, test } from "vitest";
import { setUpRunner } from "./runner-under-test";
import { inngestBackoff } from "@/server/embedded/runner/limits";

test("a run without attempts left fails, and onFailure receives the error and the event", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const attempts: number[] = [];
  let failure: unknown;
  const onFailure = ({
    event,
    error,
  }: {
    event: { data: { event: { data: unknown }; function_id: string } };
    error: Error;
  }) => {
    failure = { data: event.data.event.data, functionId: event.data.function_id, message: error.message };
  };
  await start(
    inngest.createFunction(
      { id: "doomed", retries: 2, triggers: [{ event: "go" }], onFailure },
      async ({ step, attempt }) => {
        await step.run("fails", () => {
          attempts.push(attempt);
          throw new Error("no luck");
        });
      },
    ),
  );
  await inngest.send({ name: "go", data: { exportId: "e1" } });
  expect(await ended(2)).toEqual({ doomed: ["failed"], "doomed-failure": ["completed"] });
  expect(attempts).toEqual([0, 1, 2]);
  expect(failure).toEqual({ data: { exportId: "e1" }, functionId: "app-doomed", message: "no luck" });
});

test("an error outside of a step is retried without repeating the steps before it", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const ran: string[] = [];
  await start(
    inngest.createFunction({ id: "body", retries: 1, triggers: [{ event: "go" }] }, async ({ step, attempt }) => {
      await step.run("step", () => void ran.push("step"));
      ran.push(`body ${attempt}`);
      if (attempt === 0) throw new Error("outside");
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ body: ["completed"] });
  expect(ran).toEqual(["step", "body 0", "body 1"]);
});

test("a NonRetriableError is not retried, and a function can catch a step's final error", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const ran: string[] = [];
  await start(
    inngest.createFunction({ id: "final", retries: 5, triggers: [{ event: "go" }] }, async ({ step }) => {
      await step.run("fails", () => {
        ran.push("final");
        throw new NonRetriableError("never");
      });
    }),
    inngest.createFunction({ id: "careful", retries: 5, triggers: [{ event: "go" }] }, async ({ step }) => {
      const result = await step
        .run("fails", () => {
          ran.push("careful");
          throw new NonRetriableError("never");
        })
        .catch((error: Error) => error.message);
      await step.run("continues", () => void ran.push(`after ${result}`));
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(2)).toEqual({ final: ["failed"], careful: ["completed"] });
  expect(ran.toSorted()).toEqual(["after never", "careful", "final"]);
});

test("a RetryAfterError decides when the next attempt starts", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const times: number[] = [];
  await start(
    inngest.createFunction({ id: "patient", retries: 1, triggers: [{ event: "go" }] }, async ({ step }) => {
      await step.run("asks", () => {
        times.push(Date.now());
        if (times.length === 1) throw new RetryAfterError("later", "1s");
      });
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ patient: ["completed"] });
  const [first = 0, second = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(1000);
});

test("the delays between attempts are Inngest's, with up to 30 s of jitter", () => {
  for (const [attempt, seconds] of [
    [1, 15],
    [2, 30],
    [3, 60],
    [4, 120],
    [10, 7200],
    [20, 7200],
  ] as const) {
    expect(inngestBackoff(attempt)).toBeGreaterThanOrEqual(seconds * 1000);
    expect(inngestBackoff(attempt)).toBeLessThanOrEqual((seconds + 30) * 1000);
  }
});
