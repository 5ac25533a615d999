import { expect, onTestFinished } from "vitest";
import { createTestDatabase } from "@/server/testing/database";
import { test } from "@/server/testing/fixtures";
import { createTestServices } from "@/server/testing/services";
import { defineCache, defineRowCache, defineState } from "./caches";
import type { Workload } from "./ports/metrics";

const loads = defineCache<number>({ name: "test_loads", ttl: Infinity, maxEntries: 10 });
const rows = defineRowCache<number>({ name: "test_rows", kind: "organization", maxEntries: 10 });
const counts = defineState({
  name: "test_counts",
  create: () => new Map<string, number>(),
  entries: ({ size }) => size,
});

const IDLE: Workload = {
  exports: [],
  oldestExportSeconds: 0,
  functionProblems: 0,
  runs: { open: 0, failed: 0 },
  stepsRetrying: 0,
  heartbeatSeconds: 0,
  freeSpace: { database: null, files: null },
};

test("copies of the services and of the database share the caches of their process", async ({ world, environment }) => {
  const { services } = world;
  const copies = [
    services,
    environment,
    { ...services },
    { ...services, db: { ...services.db } },
    { ...services, blobs: { ...services.blobs } },
  ];
  for (const definition of [loads, rows, counts]) {
    expect(new Set(copies.map(({ caches }) => caches.of<unknown>(definition))).size).toBe(1);
  }
});

test("two processes with the same database have caches of their own", async () => {
  const database = await createTestDatabase();
  const [one, other] = await Promise.all([createTestServices(database.url), createTestServices(database.url)]);
  onTestFinished(async () => {
    await Promise.all([one.close(), other.close()]);
    await database.drop();
  });
  for (const definition of [loads, rows, counts]) {
    expect(one.services.caches.of<unknown>(definition)).not.toBe(other.services.caches.of<unknown>(definition));
  }
});

test("the pages, whose bundle has a copy of each definition, share the caches of the server", async ({ world }) => {
  const copy = defineCache<number>({ name: "test_loads", ttl: Infinity, maxEntries: 10 });
  expect(world.services.caches.of(copy)).toBe(world.services.caches.of(loads));
});

test("metrics list each cache by name with its entries, hits and misses", async ({ world: { services } }) => {
  const { caches, metrics } = services;
  const measured = defineCache<number>({ name: "test_measured", ttl: Infinity, maxEntries: 10 });
  for (const key of ["a", "b", "a"]) await caches.of(measured).get(key, async () => 1);
  caches.of(counts).set("a", 1);
  for (let n = 0; n < 2; n += 1) {
    const lines = (await metrics.render(IDLE, caches.stats())).text.split("\n");
    expect(lines).toContain('trailport_cache_entries{cache="test_measured"} 2');
    expect(lines).toContain('trailport_cache_lookups_total{cache="test_measured",result="hit"} 1');
    expect(lines).toContain('trailport_cache_lookups_total{cache="test_measured",result="miss"} 2');
    expect(lines).toContain('trailport_cache_entries{cache="test_counts"} 1');
    expect(lines.join("\n")).not.toContain('trailport_cache_lookups_total{cache="test_counts"');
  }
});
