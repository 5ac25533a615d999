import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Cache } from "./cache";
import { Caches, defineRowCache } from "./caches";
import type { Change, Changes } from "@/server/kernel/ports/database";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Changes that the test announces itself. While `connected`, subscribers know every change until now. */
function createAnnouncer() {
  const subscribers: ((change: Change | "any") => void)[] = [];
  const state = { connected: true };
  const changes: Changes = {
    subscribe: (subscriber) => void subscribers.push(subscriber),
    syncedUntil: () => (state.connected ? performance.now() : -Infinity),
  };
  return { changes, state, announce: (change: Change | "any") => subscribers.forEach((notify) => notify(change)) };
}

/** Returns a function that reads a key from a row cache; each load returns the next number. */
function createReader(changes: Changes, maxEntries = 10) {
  const cache = new Caches(changes).of(defineRowCache<number>({ name: "test_rows", kind: "organization", maxEntries }));
  let loads = 0;
  return (key = "1:a") => cache.get(key, async () => (loads += 1));
}

test("while notifications arrive, an entry is valid until its row changes", async () => {
  const { changes, announce } = createAnnouncer();
  const read = createReader(changes);
  expect(await read()).toBe(1);
  vi.advanceTimersByTime(3_600_000);
  announce({ kind: "organization", key: "1:b" });
  announce({ kind: "action", key: "1:a" });
  expect(await read()).toBe(1);
  announce({ kind: "organization", key: "1:a" });
  expect(await read()).toBe(2);
  announce("any");
  expect(await read()).toBe(3);
});

test("while no notifications arrive, an entry is valid for one second", async () => {
  const { changes, state } = createAnnouncer();
  const read = createReader(changes);
  expect(await read()).toBe(1);
  state.connected = false;
  vi.advanceTimersByTime(999);
  expect(await read()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await read()).toBe(2);
});

test("a load that is running when its row changes is not cached", async () => {
  const { changes, announce } = createAnnouncer();
  const cache = new Caches(changes).of(defineRowCache<string>({ name: "test_rows", kind: "api_key", maxEntries: 10 }));
  let finishLoad = (_: string) => {};
  const old = cache.get("key", () => new Promise((resolve) => (finishLoad = resolve)));
  announce({ kind: "api_key", key: "key" });
  expect(await cache.get("key", async () => "new")).toBe("new");
  finishLoad("old");
  expect(await old).toBe("old");
  expect(await cache.get("key", async () => "newer")).toBe("new");
});

test("a full cache evicts its oldest entry", async () => {
  const read = createReader(createAnnouncer().changes, 2);
  for (const key of ["a", "b", "c"]) await read(key);
  expect([await read("c"), await read("b"), await read("a")]).toEqual([3, 2, 4]);
});

test("the sizes of all entries never exceed the limit, whatever is loaded, deleted or reloaded", async () => {
  const cache = new Cache<string>({ ttl: Infinity, maxEntries: 100, maxSize: 10, sizeOf: (text) => text.length });
  const load = (key: string, size: number) => cache.get(key, async () => "x".repeat(size));
  const isCached = async (key: string) => {
    let loaded = false;
    await cache.get(key, async () => ((loaded = true), ""));
    if (loaded) cache.delete(key);
    return !loaded;
  };
  for (const key of ["a", "b", "c"]) await load(key, 3);
  expect([await isCached("a"), await isCached("b"), await isCached("c")]).toEqual([true, true, true]);
  await load("d", 4);
  expect([await isCached("a"), await isCached("b"), await isCached("c")]).toEqual([false, true, true]);
  cache.delete("b");
  await load("e", 3);
  expect([await isCached("c"), await isCached("d"), await isCached("e")]).toEqual([true, true, true]);
  // Too large for the cache.
  await load("f", 11);
  expect(cache.stats().entries).toBe(0);
  await load("g", 10);
  expect(await isCached("g")).toBe(true);
});
