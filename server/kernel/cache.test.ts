import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Change, Changes, Database } from "@/server/kernel/ports/database";
import { memoryOfRows } from "./cache";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Changes that a test announces itself; while `heard`, everything until now has been told. */
function announcer() {
  const subscribers: ((change: Change | "any") => void)[] = [];
  const state = { heard: true };
  const changes: Changes = {
    subscribe: (subscriber) => void subscribers.push(subscriber),
    syncedUntil: () => (state.heard ? performance.now() : -Infinity),
  };
  return { changes, state, announce: (change: Change | "any") => subscribers.forEach((tell) => tell(change)) };
}

function remembered(changes: Changes, most = 10) {
  // Of a database, a memory uses its changes alone.
  const memory = memoryOfRows<number>("organization", most)({ changes } as Database);
  let asked = 0;
  return (key = "1:a") => memory.get(key, async () => (asked += 1));
}

test("while changes are heard, an answer counts until its row changes", async () => {
  const { changes, announce } = announcer();
  const ask = remembered(changes);
  expect(await ask()).toBe(1);
  vi.advanceTimersByTime(3_600_000);
  announce({ kind: "organization", key: "1:b" });
  announce({ kind: "action", key: "1:a" });
  expect(await ask()).toBe(1);
  announce({ kind: "organization", key: "1:a" });
  expect(await ask()).toBe(2);
  announce("any");
  expect(await ask()).toBe(3);
});

test("while changes are not heard, an answer counts for a second", async () => {
  const { changes, state } = announcer();
  const ask = remembered(changes);
  expect(await ask()).toBe(1);
  state.heard = false;
  vi.advanceTimersByTime(999);
  expect(await ask()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await ask()).toBe(2);
});

test("an answer that was under way when its row changed is not remembered", async () => {
  const { changes, announce } = announcer();
  const memory = memoryOfRows<string>("api_key", 10)({ changes } as Database);
  let answer = (_: string) => {};
  const old = memory.get("key", () => new Promise((resolve) => (answer = resolve)));
  announce({ kind: "api_key", key: "key" });
  expect(await memory.get("key", async () => "new")).toBe("new");
  answer("old");
  expect(await old).toBe("old");
  expect(await memory.get("key", async () => "newer")).toBe("new");
});

test("what has been remembered longest makes room", async () => {
  const ask = remembered(announcer().changes, 2);
  for (const key of ["a", "b", "c"]) await ask(key);
  expect([await ask("c"), await ask("b"), await ask("a")]).toEqual([3, 2, 4]);
});
