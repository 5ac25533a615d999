import { readdir } from "node:fs/promises";
import { expect } from "vitest";
import { diskSpace } from "@/server/infra/free-space";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { ServiceConfig, Services } from "@/server/kernel/services";
import { anEvent, createOrganization, seedEvents, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/rest-fixtures";
import { request, runExport, writeParts, YEAR } from "@/server/testing/run-export";
import { serveApi } from "@/server/testing/serve-api";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { cancelExport } from "./cancel-export";
import { expireExportFiles } from "./maintenance/expire-export-files";
import { getExport } from "./read-exports";
import { beginExport } from "./writing/begin-export";
import { failExport } from "./writing/fail-export";

const DAY = 86_400_000;

function withConfig<S extends Services>(services: S, config: Partial<ServiceConfig>): S {
  return { ...services, config: { ...services.config, ...config } };
}

/** The scope with a disk whose free space the test sets. */
function withDisk(scope: OrganizationScope, freeSpaceReserve: number) {
  const disk = { free: Number.MAX_SAFE_INTEGER };
  const freeSpace = () => Promise.resolve({ database: null, files: disk.free });
  return { disk, scope: { ...withConfig(scope, { freeSpaceReserve }), freeSpace } };
}

test("no more exports than allowed are unfinished at a time, however many are requested in parallel", async ({
  organization,
  environment,
}) => {
  const scope = withConfig(organization, { exportLimits: { pending: 3, bytes: 1_000_000 } });
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => request(scope)));
  const ids = results.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
  expect(ids).toHaveLength(3);
  await expect(request(scope)).rejects.toMatchObject({
    code: "too_many",
    message: "An organization can have 3 unfinished exports at a time. Wait until one is finished, or cancel one.",
  });
  await request({ ...scope, organization: (await createOrganization(environment, "Neighbor")).organization });
  await cancelExport(scope, ids[0] ?? "");
  await request(scope);
});

test("an organization whose files use the allowed space can export again once files expire", async ({
  organization,
  world,
}) => {
  await storeEvents(organization, [anEvent()]);
  const scope = withConfig(organization, { exportLimits: { pending: 3, bytes: 300 } });
  await runExport(scope, await request(scope));
  await expect(request(scope)).rejects.toMatchObject({
    code: "too_many",
    message: expect.stringMatching(/^This organization's export files use \d+ B; 300 B are allowed\./) as string,
  });
  world.clock.now = new Date(world.clock.now.getTime() + 7 * DAY);
  await expireExportFiles(world.services);
  await request(scope);
});

test("REST rejects an export beyond the limit with 429 and an explanation", async ({
  world,
  environment,
  organization,
}) => {
  const api = await serveApi(withConfig(world.services, { exportLimits: { pending: 1, bytes: 1_000_000 } }));
  const { secret } = await createApiKey(environment, { name: "limits" });
  const create = () =>
    fetch(`${api.url}/audit_logs/exports`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({
        organization_id: organization.organization.id,
        range_start: "2026-01-01T00:00:00Z",
        range_end: "2026-02-01T00:00:00Z",
      }),
    });
  expect((await create()).status).toBe(201);
  const rejected = await create();
  expect([rejected.status, rejected.headers.get("retry-after"), await rejected.json()]).toEqual([
    429,
    "10",
    expect.objectContaining({
      code: "export_limit_exceeded",
      message: expect.stringContaining("1 unfinished export at a time") as string,
    }),
  ]);
  await api.close();
});

test("an export does not start below the reserve, says why, and starts once space is free", async ({
  organization,
}) => {
  const { disk, scope } = withDisk(organization, 1_000_000_000);
  const id = await request(scope);
  disk.free = 8_000_000;
  await expect(beginExport(scope, id)).rejects.toMatchObject({
    code: "unavailable",
    message:
      "The disk of export files has only 8 MB left. Trailport keeps 1 GB free for events. Free some space, then export again.",
  });
  await storeEvents(scope, [anEvent()]);
  disk.free = 2_000_000_000;
  expect(await beginExport(scope, id)).toBe(true);
});

test("an export stops in the middle of a part once the reserve is reached, and leaves no file", async ({
  organization,
  world,
}) => {
  await seedEvents(organization, { count: 60_000, ...YEAR, seed: 1 });
  const { scope } = withDisk(organization, 1_000);
  const id = await request(scope);
  await beginExport(scope, id);
  // Every check finds less free space than the one before.
  let left = 2;
  const shrinking = { ...scope, freeSpace: () => Promise.resolve({ database: null, files: (left -= 1) * 10_000 }) };
  const failure: unknown = await writeParts(shrinking, id, { rows: 100_000, bytes: 1 << 30 }).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ code: "unavailable" });
  if (failure instanceof Error) await failExport(scope, id, failure);
  expect(await getExport(scope, id)).toMatchObject({
    state: "error",
    failure: expect.stringContaining("left") as string,
  });
  const entries = await readdir(world.blobDirectory, { recursive: true });
  expect(entries.filter((name) => name.includes(id))).toEqual([]);
});

test("the free space of a folder that does not exist yet is that of its disk", async ({ world }) => {
  const files = new URL(`file://${world.blobDirectory}/not/yet`).href;
  const { database, files: free } = await diskSpace(undefined, files)();
  expect(database).toBeNull();
  expect(free).toBeGreaterThan(0);
  expect(await diskSpace(world.blobDirectory, "s3://bucket")()).toMatchObject({ files: null });
});
