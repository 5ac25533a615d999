import { RetryAfterError } from "inngest";
import { expect, test } from "vitest";
import { nextTick } from "@/server/embedded/runner/protocol/cron";
import { runStatement } from "@/server/testing/run-statement";
import { eventually, setUpRunner } from "./runner-under-test";

/** Sets up a runner whose database has a clock that the test can change. */
async function setUpClock() {
  const runner = await setUpRunner();
  const { url, pool } = runner;
  await runStatement(url, "CREATE SCHEMA fake");
  await runStatement(url, "CREATE TABLE fake.clock AS SELECT interval '0' AS ahead");
  // Every session sets its own search path, in which the system's functions come first.
  await runStatement(url, "ALTER FUNCTION pg_catalog.now() RENAME TO real_now");
  await runStatement(
    url,
    `CREATE FUNCTION pg_catalog.now() RETURNS timestamptz STABLE LANGUAGE sql
       AS 'SELECT pg_catalog.real_now() + ahead FROM fake.clock'`,
  );
  const setAhead = async (ahead: string) => {
    await pool.query("UPDATE fake.clock SET ahead = $1::interval", [ahead]);
    await pool.query("NOTIFY runner");
  };
  const nextAt = async () => (await pool.query<{ next_at: Date }>("SELECT next_at FROM runner.crons")).rows[0]?.next_at;
  return { ...runner, setAhead, nextAt };
}

const DAY = 86_400_000;

test("a cron's next tick follows a clock that jumps ahead and back", async () => {
  const { inngest, start, setAhead, nextAt } = await setUpClock();
  await start(inngest.createFunction({ id: "hourly", triggers: [{ cron: "0 * * * *" }] }, () => undefined));
  await setAhead("400 days");
  await eventually(async () => expect(Number(await nextAt())).toBeGreaterThan(Date.now() + 399 * DAY));
  await setAhead("0");
  await eventually(async () => expect(await nextAt()).toEqual(nextTick("0 * * * *", new Date())));
});

test("a runner that starts after the clock was set back brings the next tick forward", async () => {
  const { inngest, start, setAhead, nextAt } = await setUpClock();
  const hourly = inngest.createFunction({ id: "hourly", triggers: [{ cron: "0 * * * *" }] }, () => undefined);
  const first = await start(hourly);
  await setAhead("400 days");
  await eventually(async () => expect(Number(await nextAt())).toBeGreaterThan(Date.now() + 399 * DAY));
  await first.stop();
  await setAhead("0");
  await start(hourly);
  await eventually(async () => expect(await nextAt()).toEqual(nextTick("0 * * * *", new Date())));
});

test("a sleep and a retry that began while the clock was ahead end after their delay", async () => {
  const { inngest, pool, start, ended, setAhead } = await setUpClock();
  let attempts = 0;
  const sleeping = inngest.createFunction({ id: "sleeping", triggers: [{ event: "go" }] }, async ({ step }) => {
    await step.sleep("a day", "1d");
  });
  const failing = inngest.createFunction({ id: "failing", triggers: [{ event: "go" }] }, () => {
    attempts += 1;
    if (attempts === 1) throw new RetryAfterError("later", DAY);
  });
  await start(sleeping, failing);
  await setAhead("400 days");
  await inngest.send({ name: "go" });
  const waits = async () => {
    const { rows } = await pool.query<{ seconds: number }>(
      "SELECT extract(epoch FROM wake_at - pg_catalog.real_now())::float AS seconds FROM runner.jobs WHERE call_id IS NULL",
    );
    return rows.map(({ seconds }) => Math.round(seconds / 86_400));
  };
  await eventually(async () => expect(await waits()).toEqual([401, 401]));
  await setAhead("0");
  await eventually(async () => expect(await waits()).toEqual([1, 1]));
  await setAhead("25 hours");
  expect(await ended(2)).toEqual({ sleeping: ["completed"], failing: ["completed"] });
});

test("a run that started while the clock was ahead continues after the clock is set back", async () => {
  const { inngest, start, ended, setAhead } = await setUpClock();
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  let hasStarted = false;
  const working = inngest.createFunction({ id: "working", triggers: [{ event: "go" }] }, async ({ step }) => {
    await step.run("long", async () => {
      hasStarted = true;
      await gate;
    });
    await Promise.all([step.run("a", () => 1), step.run("b", () => 2)]);
  });
  await start(working);
  await setAhead("400 days");
  await inngest.send({ name: "go" });
  await eventually(() => expect(hasStarted).toBe(true));
  await setAhead("0");
  goOn();
  expect(await ended(1)).toEqual({ working: ["completed"] });
});
