import { expect } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";
import { estimateExport } from "./estimate-export";
import { requestExport } from "./request-export";

const filters = eventFilters.parse(YEAR);

test("for few events the count is exact and the size in each format is within a tenth", async ({ organization }) => {
  await seedEvents(organization, { count: 3_000, ...YEAR, seed: 8 });
  for (const options of [{}, { format: "jsonl" }, { gzip: true }] as const) {
    const estimate = await estimateExport(organization, { filters, ...options });
    expect(estimate).toMatchObject({ rows: { count: 3_000, capped: false }, estimatedRows: 3_000 });
    const { id } = await requestExport(organization, { filters, ...options });
    const { length } = await runExport(organization, id);
    expect(Math.abs((estimate.estimatedBytes ?? 0) / length - 1), JSON.stringify(options)).toBeLessThan(0.1);
  }
});

test("for many events the count is capped, and rows and bytes are within a third", async ({ organization }) => {
  await seedEvents(organization, { count: 15_000, ...YEAR, seed: 9 });
  await organization.db.query("ANALYZE log.event", []);
  const estimate = await estimateExport(organization, { filters });
  expect(estimate.rows).toEqual({ count: 10_000, capped: true });
  const { length } = await runExport(organization, await request(organization));
  expect(Math.abs((estimate.estimatedRows ?? 0) / 15_000 - 1)).toBeLessThan(0.3);
  expect(Math.abs((estimate.estimatedBytes ?? 0) / length - 1)).toBeLessThan(0.3);
});

test("the estimate without matching events is the header alone", async ({ organization }) => {
  const never = eventFilters.parse({ ...YEAR, actions: ["never"] });
  const { length } = await runExport(organization, await request(organization, { actions: ["never"] }));
  expect(await estimateExport(organization, { filters: never })).toEqual({
    rows: { count: 0, capped: false },
    estimatedRows: 0,
    estimatedBytes: length,
  });
});
