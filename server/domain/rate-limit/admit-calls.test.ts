import { expect } from "vitest";
import { test } from "@/server/testing/fixtures";
import { inAnotherProcess } from "@/server/testing/services";
import { admitCallsFrom, admitCallsOf } from "./admit-calls";

test("a session may make its calls at once, then as many per minute as the limit allows", ({ world }) => {
  const { clock } = world;
  const services = inAnotherProcess(world.services);
  const limited = { ...services, config: { ...services.config, callLimitPerMinute: 600 } };
  clock.now = new Date("2026-10-01T12:00:00.000Z");
  admitCallsOf(limited, "member_1", 590);
  expect(() => admitCallsOf(limited, "member_1", 20)).toThrow(
    expect.objectContaining({
      code: "too_many",
      details: expect.objectContaining({ headers: { "retry-after": "1" } }),
    }),
  );
  admitCallsOf(limited, "member_1", 10);
  admitCallsOf(limited, "member_2", 600);
  clock.now = new Date("2026-10-01T12:00:02.000Z");
  admitCallsOf(limited, "member_1", 20);
  expect(() => admitCallsOf(limited, "member_1", 1)).toThrow("Too many requests.");
  clock.now = new Date("2026-10-01T13:00:00.000Z");
  admitCallsOf(limited, "member_1", 600);
  expect(() => admitCallsOf(limited, "member_1", 1)).toThrow("Too many requests.");
});

test("an address may make ten times as many calls, whoever makes them", ({ world }) => {
  const services = inAnotherProcess(world.services);
  const limited = { ...services, config: { ...services.config, callLimitPerMinute: 100 } };
  for (let n = 0; n < 50; n += 1) admitCallsFrom(limited, "192.0.2.1", 20);
  expect(() => admitCallsFrom(limited, "192.0.2.1", 1)).toThrow("Too many requests.");
  admitCallsFrom(limited, "192.0.2.2", 1);
});

test("a clock that jumped forward and back does not lock callers out", ({ world }) => {
  const { clock } = world;
  const services = inAnotherProcess(world.services);
  const limited = { ...services, config: { ...services.config, callLimitPerMinute: 600 } };
  clock.now = new Date("2028-01-01T12:00:00.000Z");
  admitCallsOf(limited, "member_1", 600);
  clock.now = new Date("2026-10-01T12:00:00.000Z");
  expect(() => admitCallsOf(limited, "member_1", 1)).toThrow("Too many requests.");
  clock.now = new Date("2026-10-01T12:01:00.000Z");
  admitCallsOf(limited, "member_1", 600);
});
