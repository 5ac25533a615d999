import { expect, test } from "vitest";
import { setUpRunner } from "./runner-under-test";

test("a step that returns more than 4 MB fails its run without a retry", async () => {
  const { inngest, start, ended } = await setUpRunner();
  let message: string | undefined;
  let ran = 0;
  await start(
    inngest.createFunction(
      { id: "big", triggers: [{ event: "go" }], onFailure: ({ error }) => void (message = error.message) },
      async ({ step }) => {
        await step.run("big", () => {
          ran++;
          return "x".repeat(4 * 1024 * 1024);
        });
      },
    ),
  );
  await inngest.send({ name: "go" });
  expect(await ended(2)).toEqual({ big: ["failed"], "big-failure": ["completed"] });
  expect(message).toContain("larger than 4194304 bytes");
  expect(ran).toBe(1);
});

test("a run with more than 1,000 steps fails without a retry", async () => {
  const { inngest, pool, start, ended } = await setUpRunner();
  await start(
    inngest.createFunction({ id: "endless", triggers: [{ event: "go" }] }, async ({ step, runId }) => {
      await step.run("many", () =>
        pool.query(
          `INSERT INTO runner.steps (run_id, step_id, result, bytes)
           SELECT $1, 'earlier ' || number, '{"type":"data","data":null}', 27 FROM generate_series(1, 1000) AS number`,
          [runId],
        ),
      );
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ endless: ["failed"] });
});

test("an unsupported kind of step fails its run with an error that names it", async () => {
  const { inngest, start, ended } = await setUpRunner();
  let message: string | undefined;
  await start(
    inngest.createFunction(
      { id: "waiter", triggers: [{ event: "go" }], onFailure: ({ error }) => void (message = error.message) },
      async ({ step }) => step.waitForEvent("wait", { event: "answer", timeout: "1h" }),
    ),
  );
  await inngest.send({ name: "go" });
  expect(await ended(2)).toEqual({ waiter: ["failed"], "waiter-failure": ["completed"] });
  expect(message).toContain("WaitForEvent");
});
