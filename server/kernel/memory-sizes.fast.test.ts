import { expect, test } from "vitest";
import { memorySizes } from "./memory-sizes";

const MB = 2 ** 20;

test("the parts fit into the memory together", () => {
  for (const megabytes of [512, 600, 1_024, 2_048, 8_192, 24_000]) {
    const { postgres, heap } = memorySizes(megabytes * MB);
    const parts = postgres.shared_buffers + heap.web + heap.worker;
    expect(parts, `${megabytes} MB`).toBeLessThan(megabytes * 0.75);
  }
});

test("512 MB still have room for the largest batch of events", () => {
  const { bodies, events, postgres, connections } = memorySizes(512 * MB);
  expect(bodies / 2).toBeGreaterThan(11_000_000);
  expect(events).toEqual({ events: 7_500, bytes: bodies });
  expect([postgres.shared_buffers, connections]).toEqual([64, 4]);
});

test("a large machine has the budgets that one sender may take, and no more", () => {
  expect(memorySizes(24_000 * MB)).toEqual({
    postgres: { shared_buffers: 1024, effective_cache_size: 12_000, maintenance_work_mem: 256, work_mem: 8 },
    heap: { web: 4096, worker: 4000 },
    connections: 10,
    bodies: 64_000_000,
    events: { events: 20_000, bytes: 64_000_000 },
  });
});
