import { expect } from "vitest";
import { createEnvironment, createOrganization, seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { request, runExport, YEAR } from "@/server/testing/run-export";
import type { TestServices } from "@/server/testing/services";
import { beginExport } from "@/server/domain/exports/writing/begin-export";
import { cancelExport } from "@/server/domain/exports/cancel-export";
import { getExport } from "@/server/domain/exports/read-exports";
import { writeExportPart } from "@/server/domain/exports/writing/write-export-part";
import { resumeStalledExports } from "./resume-stalled-exports";
import { sweepExports } from "./sweep-exports";

const MINUTE = 60_000;

/** Advances the clock and sweeps. Returns the IDs of the exports that were resumed, with another event ID than the first. */
async function sweepAfter(world: TestServices, minutes: number): Promise<string[]> {
  world.clock.now = new Date(world.clock.now.getTime() + minutes * MINUTE);
  world.sent.length = 0;
  await sweepExports(world.services);
  return world.sent.flatMap((event) =>
    event.name === "export.requested" && event.id !== event.data.exportId ? [event.data.exportId] : [],
  );
}

test("an export without heartbeats for a minute is resumed with its cut-off and count", async ({
  organization,
  world,
}) => {
  await seedEvents(organization, { count: 300, ...YEAR, seed: 1 });
  const id = await request(organization);
  await beginExport(organization, id);
  const saved = () =>
    organization.db.prisma.auditLogExport.findUniqueOrThrow({
      where: { id },
      select: { cutOff: true, rowsTotal: true, uploadId: true },
    });
  const before = await saved();
  expect(await sweepAfter(world, 0.9)).toEqual([]);
  expect(await sweepAfter(world, 0.1)).toEqual([id]);
  const [first] = world.sent;
  expect(await sweepAfter(world, 1.9)).toEqual([]);
  expect(await sweepAfter(world, 0.1)).toEqual([id]);
  expect(world.sent[0]?.id).not.toBe(first?.id);
  await seedEvents(organization, { count: 50, ...YEAR, seed: 2 });
  expect(await beginExport(organization, id)).toBe(true);
  expect(await saved()).toEqual(before);
  await runExport(organization, id);
  expect(await getExport(organization, id)).toMatchObject({ state: "ready", progress: { rowsDone: 300 } });
  expect(await sweepAfter(world, 31)).toEqual([]);
});

test("an export whose step failed has half an hour for the retry before it is resumed", async ({
  organization,
  world,
}) => {
  await seedEvents(organization, { count: 10, ...YEAR, seed: 1 });
  const id = await request(organization);
  await beginExport(organization, id);
  const putPart = () => Promise.reject(new Error("the disk is full"));
  const failing = { ...organization, blobs: { ...organization.blobs, putPart } };
  await expect(writeExportPart(failing, id, null, 1)).rejects.toThrow("the disk is full");
  expect(await sweepAfter(world, 29)).toEqual([]);
  // The retry began, and its process was killed.
  expect(await beginExport(organization, id)).toBe(true);
  expect(await sweepAfter(world, 1)).toEqual([id]);
  await cancelExport(organization, id);
});

test("two sweeps at the same time resume an export once", async ({ organization, world }) => {
  const id = await request(organization);
  await beginExport(organization, id);
  world.clock.now = new Date(world.clock.now.getTime() + MINUTE);
  world.sent.length = 0;
  await Promise.all([1, 2, 3].map(() => resumeStalledExports(world.services)));
  expect(world.sent).toHaveLength(1);
  await cancelExport(organization, id);
});

test("an export that is resumed 12 times without a heartbeat fails with a reason", async ({ organization, world }) => {
  const id = await request(organization);
  await beginExport(organization, id);
  const intervals = [1, 2, 4, 8, 16, ...Array.from({ length: 7 }, () => 30)];
  for (const minutes of intervals.slice(0, 11)) expect(await sweepAfter(world, minutes)).toEqual([id]);
  world.clock.now = new Date(world.clock.now.getTime() + MINUTE);
  await beginExport(organization, id);
  for (const minutes of intervals) expect(await sweepAfter(world, minutes)).toEqual([id]);
  expect(await sweepAfter(world, 29)).toEqual([]);
  expect((await getExport(organization, id)).state).toBe("pending");
  expect(await sweepAfter(world, 1)).toEqual([]);
  expect(await getExport(organization, id)).toMatchObject({
    state: "error",
    failure: "The export stopped and could not be resumed for 4 hours. Export again.",
  });
});

test("an export that waits behind one of its organization or four others is not resumed", async ({
  organization,
  world,
}) => {
  const working = await request(organization);
  const waiting = await request(organization);
  world.clock.now = new Date(world.clock.now.getTime() + 31 * MINUTE);
  await beginExport(organization, working);
  expect(await sweepAfter(world, 0.9)).toEqual([]);
  expect((await sweepAfter(world, 0.2)).toSorted()).toEqual([working, waiting].toSorted());
  await cancelExport(organization, working);

  const others = [];
  for (let n = 0; n < 4; n += 1) {
    const other = await createOrganization(await createEnvironment(world.services));
    const id = await request(other);
    await beginExport(other, id);
    others.push({ other, id });
  }
  world.clock.now = new Date(world.clock.now.getTime() + 31 * MINUTE);
  for (const { other, id } of others) await beginExport(other, id);
  expect(await sweepAfter(world, 0.9)).toEqual([]);
  for (const { other, id } of others.slice(1)) await beginExport(other, id);
  expect(await sweepAfter(world, 0.2)).toEqual([waiting, others[0]?.id].toSorted());
});
