import { expect, test } from "vitest";
import { beginLease, renewLease } from "@/server/embedded/runner/leader/lease";
import { claimJob } from "@/server/embedded/runner/storage/jobs";
import { runStatement } from "@/server/testing/run-statement";
import { eventually, setUpRunner, gate } from "./runner-under-test";

const KILL_ALL =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
const KILL_LEADER = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

test("a second runner waits until the first stops, and then continues its open runs", async () => {
  const { inngest, start, ended } = await setUpRunner();
  const ran: string[] = [];
  const createWork = (name: string) =>
    inngest.createFunction({ id: "work", triggers: [{ event: "go" }] }, async ({ step }) => {
      await step.run("one", () => void ran.push(`one ${name}`));
      await step.sleep("sleep", "1s");
      await step.run("two", () => void ran.push(`two ${name}`));
    });
  const first = await start(createWork("first"));
  await inngest.send({ name: "go" });
  await eventually(() => expect(ran).toEqual(["one first"]));
  await start(createWork("second"));
  await first.stop();
  expect(await ended(1)).toEqual({ work: ["completed"] });
  expect(ran).toEqual(["one first", "two second"]);
});

test("a stopping runner saves the current step and leaves the rest to the next start", async () => {
  const { inngest, pool, start, ended } = await setUpRunner();
  const ran: string[] = [];
  const [inStep, mayContinue] = [gate(), gate()];
  const fn = inngest.createFunction({ id: "work", retries: 0, triggers: [{ event: "go" }] }, async ({ step }) => {
    await step.run("one", async () => {
      inStep.open();
      await mayContinue.opened;
      ran.push("one");
    });
    await step.run("two", () => void ran.push("two"));
  });
  const first = await start(fn);
  await inngest.send({ name: "go" });
  await inStep.opened;
  const stopped = first.stop();
  await eventually(async () => expect((await pool.query("SELECT FROM runner.jobs WHERE halted")).rowCount).toBe(1));
  mayContinue.open();
  await stopped;
  expect(ran).toEqual(["one"]);
  await start(fn);
  expect(await ended(1)).toEqual({ work: ["completed"] });
  expect(ran).toEqual(["one", "two"]);
});

test("a step's result is saved even if all database connections break during the step", async () => {
  const { inngest, url, start, ended } = await setUpRunner();
  const ran: string[] = [];
  await start(
    inngest.createFunction({ id: "work", retries: 0, triggers: [{ event: "go" }] }, async ({ step }) => {
      await step.run("one", async () => {
        ran.push("one");
        await runStatement(url, KILL_ALL);
      });
      await step.run("two", () => void ran.push("two"));
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ work: ["completed"] });
  expect(ran).toEqual(["one", "two"]);
  await eventually(() => inngest.send({ name: "go" }));
  expect(await ended(2)).toEqual({ work: ["completed", "completed"] });
});

test("a step is not repeated if the database is unavailable for longer than the SDK retries", async () => {
  let failures = 0;
  const { inngest, url, start, ended } = await setUpRunner((send) => async (...request) => {
    try {
      return await send(...request);
    } catch (error) {
      // The SDK sends a checkpoint up to five times before it leaves the step to the reply.
      if (++failures === 5) await runStatement(maintenance.href, `ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
      throw error;
    }
  });
  const maintenance = new URL(url);
  const database = maintenance.pathname.slice(1);
  maintenance.pathname = "/postgres";
  const ran: string[] = [];
  await start(
    inngest.createFunction({ id: "work", retries: 0, triggers: [{ event: "go" }] }, async ({ step }) => {
      await step.run("one", async () => {
        ran.push("one");
        await runStatement(maintenance.href, `ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
        await runStatement(
          maintenance.href,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
        );
      });
      await step.run("two", () => void ran.push("two"));
    }),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ work: ["completed"] });
  expect(ran).toEqual(["one", "two"]);
  expect(failures).toBe(5);
});

test("a leader that loses its lock starts no work while another runner holds it", async () => {
  const { inngest, url, pool, startWith, ended } = await setUpRunner();
  // The rival does not renew a lease.
  await startWith(
    { leaseDuration: 120_000 },
    inngest.createFunction({ id: "work", triggers: [{ event: "go" }] }, () => undefined),
  );
  await inngest.send({ name: "go" });
  await ended(1);
  const rival = await pool.connect();
  const locked = rival.query("SELECT pg_advisory_lock(hashtextextended('trailport runner', 0))");
  await runStatement(url, KILL_LEADER);
  await locked;
  await inngest.send({ name: "go" });
  // Wait until the former leader tries to take the lock again.
  await eventually(async () => {
    const { rows } = await pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'",
    );
    expect(rows).toHaveLength(1);
  });
  expect(await ended(1)).toEqual({ work: ["completed"] });
  await rival.query("SELECT pg_advisory_unlock_all()");
  rival.release();
  expect(await ended(2)).toEqual({ work: ["completed", "completed"] });
});

test("a runner takes over from a leader whose session lives on in silence", async () => {
  const { inngest, pool, startWith, ended } = await setUpRunner();
  // Holds the lock as a frozen process does: its session is open, and no one renews the lease.
  const frozen = await pool.connect();
  frozen.on("error", () => undefined);
  await frozen.query("SELECT pg_advisory_lock(hashtextextended('trailport runner', 0))");
  await startWith(
    { leaseDuration: 300 },
    inngest.createFunction({ id: "work", triggers: [{ event: "go" }] }, () => undefined),
  );
  await inngest.send({ name: "go" });
  expect(await ended(1)).toEqual({ work: ["completed"] });
  frozen.release(true);
});

test("a leader that renews its lease keeps it, however long another runner waits", async () => {
  const { inngest, pool, startWith } = await setUpRunner();
  const work = inngest.createFunction({ id: "work", triggers: [{ event: "go" }] }, () => undefined);
  const lease = async () =>
    (await pool.query<{ holder: string; beats: string }>("SELECT holder, beats FROM runner.leader")).rows[0];
  await startWith({ leaseDuration: 10_000 }, work);
  const first = await eventually(async () => (await lease()) ?? Promise.reject(new Error("no leader yet")));
  await startWith({ leaseDuration: 10_000 }, work);
  await eventually(async () => expect(Number((await lease())?.beats)).toBeGreaterThan(Number(first.beats) + 3));
  expect((await lease())?.holder).toBe(first.holder);
});

test("a leader whose lease another runner has taken claims no more work", async () => {
  const { pool } = await setUpRunner();
  const client = await pool.connect();
  const old = await beginLease(client);
  await client.query(
    "INSERT INTO runner.runs (id, function_id, event_id, event, slots, cancel_keys) VALUES ('r', 'f', 'e', '{}', '{}', '{}')",
  );
  await client.query("INSERT INTO runner.jobs (run_id, step_id, wake_at, scheduled_at) VALUES ('r', '', now(), now())");
  const job = { key: "r ", runId: "r", stepId: "", functionId: "f", slots: [] };
  const current = await beginLease(client);
  await expect(claimJob(client, old, job)).rejects.toThrow("another runner has taken over");
  expect(await renewLease(client, old)).toBe(false);
  expect(await claimJob(client, current, job)).toMatchObject({ runId: "r", attempt: 0 });
  client.release();
});

test("runs of a removed function fail, and old runs and events are deleted", async () => {
  const { inngest, pool, start, ended } = await setUpRunner();
  const old = await start(
    inngest.createFunction({ id: "removed", triggers: [{ event: "go" }] }, async ({ step }) =>
      step.sleep("long", "1d"),
    ),
  );
  await inngest.send({ name: "go" });
  await eventually(async () => expect((await pool.query("SELECT FROM runner.steps")).rowCount).toBe(1));
  await old.stop();
  const next = await start(inngest.createFunction({ id: "other", triggers: [{ event: "go" }] }, () => undefined));
  expect(await ended(1)).toEqual({ removed: ["failed"] });
  await next.stop();
  await pool.query("UPDATE runner.runs SET finished_at = now() - interval '8 days'");
  await pool.query("UPDATE runner.events SET dispatched_at = now() - interval '8 days'");
  await start(inngest.createFunction({ id: "other", triggers: [{ event: "go" }] }, () => undefined));
  expect(await ended(0)).toEqual({});
  await eventually(async () => expect((await pool.query("SELECT FROM runner.events")).rowCount).toBe(0));
});
