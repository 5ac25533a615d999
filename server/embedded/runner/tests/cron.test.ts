import { expect, test } from "vitest";
import { eventually, setUpRunner } from "./runner-under-test";
import { nextTick } from "@/server/embedded/runner/protocol/cron";

test("a cron fires once per tick with two runners, also after the second takes over", async () => {
  const { inngest, pool, start, ended } = await setUpRunner();
  const cron = inngest.createFunction(
    { id: "nightly", triggers: [{ cron: "TZ=Europe/Berlin 0 3 * * *" }] },
    () => undefined,
  );
  const [first] = [await start(cron), await start(cron)];
  const next = async () => (await pool.query<{ next_at: Date }>("SELECT next_at FROM runner.crons")).rows[0]?.next_at;
  const tickBecomesDue = async (tick: string) => {
    await pool.query("UPDATE runner.crons SET next_at = $1", [tick]);
    await pool.query("NOTIFY runner");
    await eventually(async () => expect(await next()).toEqual(nextTick("TZ=Europe/Berlin 0 3 * * *", new Date())));
  };
  await eventually(async () => expect(await next()).toBeInstanceOf(Date));
  await tickBecomesDue("2026-01-01T02:00:00Z");
  await tickBecomesDue("2026-01-01T02:00:00Z");
  expect(await ended(1)).toEqual({ nightly: ["completed"] });
  await first.stop();
  await tickBecomesDue("2026-01-01T02:00:00Z");
  await tickBecomesDue("2026-01-02T02:00:00Z");
  expect(await ended(2)).toEqual({ nightly: ["completed", "completed"] });
});

test("ticks follow the time zone through a daylight saving change", () => {
  const berlin = "TZ=Europe/Berlin 0 3 * * *";
  expect(nextTick(berlin, new Date("2026-03-28T00:00:00Z"))).toEqual(new Date("2026-03-28T02:00:00Z"));
  expect(nextTick(berlin, new Date("2026-03-29T00:00:00Z"))).toEqual(new Date("2026-03-29T01:00:00Z"));
  expect(nextTick("0 3 * * *", new Date("2026-03-29T00:00:00Z"))).toEqual(new Date("2026-03-29T03:00:00Z"));
});
