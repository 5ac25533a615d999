import { expect, test } from "vitest";
import { eventually, setUpRunner, gate } from "./runner-under-test";

test("a concurrency of one per key runs one key in sequence and different keys in parallel", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const running = new Map<string, number>();
  const [aRuns, bRuns] = [gate(), gate()];
  let most = 0;
  await start(
    inngest.createFunction(
      { id: "export", triggers: [{ event: "go" }], concurrency: [{ key: "event.data.org", limit: 1 }, { limit: 5 }] },
      async ({ event, step }) => {
        const org = String(event.data["org"]);
        await step.run("work", async () => {
          running.set(org, (running.get(org) ?? 0) + 1);
          most = Math.max(most, running.get(org) ?? 0);
          // The first run of each key waits for the other key's: they can only end if they run in parallel.
          if (org === "a") {
            aRuns.open();
            await bRuns.opened;
          } else {
            bRuns.open();
            await aRuns.opened;
          }
          running.set(org, (running.get(org) ?? 0) - 1);
        });
      },
    ),
  );
  const orgs = ["a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "b", "b"];
  await inngest.send(orgs.map((org) => ({ name: "go", data: { org } })));
  expect(await ended(14)).toEqual({ export: orgs.map(() => "completed") });
  expect(most).toBe(1);
});

test("a function's concurrency limit covers all of its runs except those that sleep", async () => {
  const { inngest, pool, start, ended } = await setUpRunner();
  const release = gate();
  let running = 0;
  let most = 0;
  await start(
    inngest.createFunction({ id: "two", triggers: [{ event: "go" }], concurrency: 2 }, async ({ event, step }) => {
      if (event.data["sleeps"] === true) await step.sleep("sleep", "1s");
      await step.run("work", async () => {
        most = Math.max(most, ++running);
        await release.opened;
        running--;
      });
    }),
  );
  await inngest.send([1, 2, 3].map(() => ({ name: "go", data: { sleeps: true } })));
  await eventually(async () => expect((await pool.query("SELECT FROM runner.steps")).rowCount).toBe(3));
  await inngest.send([1, 2, 3, 4].map(() => ({ name: "go", data: {} })));
  await eventually(() => expect(running).toBe(2));
  release.open();
  expect(await ended(7)).toEqual({ two: Array.from({ length: 7 }, () => "completed") });
  expect(most).toBe(2);
});
