import { expect, test } from "vitest";
import { setUpRunner, gate } from "./runner-under-test";

test("a finished step is never repeated, however often the function is called", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const ran: string[] = [];
  const results: unknown[] = [];
  await start(
    inngest.createFunction({ id: "chain", retries: 3, triggers: [{ event: "go" }] }, async ({ step, attempt }) => {
      const one = await step.run("one", () => {
        ran.push("one");
        return { value: 1, "9": null, "10": "\u0000" };
      });
      const two = await step.run("two", () => {
        ran.push("two");
        if (attempt < 2) throw new Error("not yet");
        return one.value + 1;
      });
      await step.sleep("pause", "1s");
      const three = await step.run("three", () => {
        ran.push("three");
        return two + 1;
      });
      results.push(one, three);
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ chain: ["completed"] });
  expect(ran).toEqual(["one", "two", "two", "two", "three"]);
  expect(results).toEqual([{ value: 1, "9": null, "10": "\u0000" }, 3]);
});

test("parallel steps run at the same time, each with its own retries, and are awaited together", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const ran: string[] = [];
  const [left, right] = [gate(), gate()];
  let sum: number | undefined;
  await start(
    inngest.createFunction({ id: "parallel", retries: 1, triggers: [{ event: "go" }] }, async ({ step }) => {
      const numbers = await Promise.all([
        step.run("left", async () => {
          ran.push("left");
          left.open();
          await right.opened;
          return 1;
        }),
        step.run("right", async () => {
          ran.push("right");
          right.open();
          await left.opened;
          return 2;
        }),
        step.run("shaky", () => {
          ran.push("shaky");
          if (ran.filter((name) => name === "shaky").length === 1) throw new Error("once");
          return 4;
        }),
        step.sleep("sleep", "1s").then(() => 8),
      ]);
      sum = await step.run("sum", () => numbers.reduce((left, right) => left + right));
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ parallel: ["completed"] });
  expect(sum).toBe(15);
  expect(ran.toSorted()).toEqual(["left", "right", "shaky", "shaky"]);
});

test("an event sent by a step starts the functions it triggers once", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const received: string[] = [];
  await start(
    inngest.createFunction({ id: "sender", triggers: [{ event: "go" }] }, async ({ step }) => {
      await step.sendEvent("notify", [
        { name: "notified", data: { number: 1 } },
        { name: "notified", data: { number: 2 } },
      ]);
      await step.run("after", () => undefined);
    }),
    inngest.createFunction(
      { id: "listener", triggers: [{ event: "notified" }] },
      ({ event }) => void received.push(`notified ${event.data["number"]}`),
    ),
  );
  await inngest.send({ name: "go" });
  expect(await ended(3)).toEqual({ sender: ["completed"], listener: ["completed", "completed"] });
  expect(received.toSorted()).toEqual(["notified 1", "notified 2"]);
});

test("a run of 100 steps takes few calls, and each step is saved as soon as it ends", async () => {
  const { inngest, pool, start, ended } = await setUpRunner();
  let ran = 0;
  let saved = 0;
  let calls = 0;
  await start(
    inngest.createFunction({ id: "long", triggers: [{ event: "go" }] }, async ({ step }) => {
      calls++;
      for (let number = 0; number < 100; number++) {
        await step.run(`step ${number}`, async () => {
          ran++;
          if (number === 50) saved = (await pool.query("SELECT FROM runner.steps")).rowCount ?? 0;
        });
      }
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ long: ["completed"] });
  expect({ ran, saved }).toEqual({ ran: 100, saved: 50 });
  expect(calls).toBeLessThan(10);
});
