import { expect, test } from "vitest";
import { runnerFetch } from "@/server/embedded/runner/runner-fetch";
import { setUpRunner, gate } from "./runner-under-test";

test("an event ID starts each function once within 24 hours, and again after that", async () => {
  const { inngest, pool, start, ended } = await setUpRunner();
  await start(
    inngest.createFunction({ id: "one", triggers: [{ event: "go" }] }, () => undefined),
    inngest.createFunction({ id: "two", triggers: [{ event: "go" }, { event: "also" }] }, () => undefined),
    inngest.createFunction({ id: "last", triggers: [{ event: "last" }] }, () => undefined),
  );
  await inngest.send([
    { name: "go", id: "e1" },
    { name: "go", id: "e1" },
  ]);
  await inngest.send({ name: "go", id: "e1" });
  await inngest.send({ name: "also", id: "e1" });
  await inngest.send({ name: "last" });
  expect(await ended(3)).toEqual({ one: ["completed"], two: ["completed"], last: ["completed"] });

  await pool.query("UPDATE runner.events SET received_at = received_at - interval '25 hours'");
  await pool.query("UPDATE runner.runs SET started_at = started_at - interval '25 hours'");
  await inngest.send({ name: "go", id: "e1" });
  expect(await ended(5)).toEqual({
    one: ["completed", "completed"],
    two: ["completed", "completed"],
    last: ["completed"],
  });
});

test("a retried send is one event, and two sends without an ID are two events", async () => {
  const { inngest, pool, start, ended } = await setUpRunner();
  await start(inngest.createFunction({ id: "one", triggers: [{ event: "go" }] }, () => undefined));
  const post = (seed: string) =>
    runnerFetch(pool)("http://runner/e/key", {
      method: "POST",
      headers: { "x-inngest-event-id-seed": seed },
      body: JSON.stringify([
        { name: "go", data: {}, ts: Date.now() },
        { name: "go", data: {}, ts: Date.now() },
      ]),
    });
  const first = await (await post("seed 1")).json();
  expect(await (await post("seed 1")).json()).toEqual(first);
  await post("seed 2");
  expect(await ended(4)).toEqual({ one: ["completed", "completed", "completed", "completed"] });
});

test("events that are too large, scheduled or malformed are rejected, and so are other paths", async () => {
  const { pool } = await setUpRunner();
  const send = async (path: string, body: unknown) =>
    (await runnerFetch(pool)(`http://runner${path}`, { method: "POST", body: JSON.stringify(body) })).status;
  expect(await send("/e/key", [{ name: "go", data: "x".repeat(513 * 1024), ts: 1 }])).toBe(413);
  expect(await send("/e/key", [{ name: "go", data: {}, ts: Date.now() + 3_600_000 }])).toBe(400);
  expect(await send("/e/key", [{ data: {} }])).toBe(400);
  expect(
    await send("/v1/checkpoint/no-such-run/async", { qi_id: "stale", steps: [{ id: "a", op: "StepRun", data: 1 }] }),
  ).toBe(409);
  expect(
    await send("/v1/checkpoint/no-such-run/async", { qi_id: "stale", steps: [{ id: "a", op: "Sleep", name: "1s" }] }),
  ).toBe(400);
  expect(await send("/fn/register", {})).toBe(404);
  expect((await pool.query("SELECT FROM runner.events")).rowCount).toBe(0);
});

test("cancelOn ends a matching run after its current step and sends function.cancelled", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const ran: string[] = [];
  const [inStep, canceled] = [gate(), gate()];
  await start(
    inngest.createFunction(
      { id: "long", triggers: [{ event: "go" }], cancelOn: [{ event: "stop", match: "data.exportId" }] },
      async ({ event, step }) => {
        const id = String(event.data["exportId"]);
        await step.run("first", async () => {
          ran.push(`first ${id}`);
          if (ran.length === 2) inStep.open();
          await canceled.opened;
        });
        await step.run("second", () => void ran.push(`second ${id}`));
      },
    ),
    inngest.createFunction(
      {
        id: "witness",
        triggers: [{ event: "inngest/function.cancelled", if: "event.data.function_id == 'app-long'" }],
      },
      ({ event }) => {
        ran.push(`canceled ${event.data["event"].data.exportId}`);
        canceled.open();
      },
    ),
  );
  await inngest.send([
    { name: "go", data: { exportId: "a" } },
    { name: "go", data: { exportId: "b" } },
  ]);
  await inStep.opened;
  await inngest.send({ name: "stop", data: { exportId: "a" } });
  expect(await ended(3)).toEqual({ long: ["cancelled", "completed"], witness: ["completed"] });
  expect(ran.toSorted()).toEqual(["canceled a", "first a", "first b", "second b"]);
});
