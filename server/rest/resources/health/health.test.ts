import { expect } from "vitest";
import { recordHeartbeat } from "@/server/domain/operations/heartbeat";
import { serveApi } from "@/server/testing/serve-api";
import { test } from "@/server/testing/rest-fixtures";
import packageJson from "@/package.json";

test("liveness names the version of package.json", async ({ call }) => {
  const { status, body } = await call("GET", "/api/health");
  expect({ status, body }).toEqual({ status: 200, body: { status: "ok", version: packageJson.version } });
});

test("readiness reports a worker without a heartbeat as degraded", async ({ world, call }) => {
  const ready = async () => {
    const { status, body } = await call("GET", "/api/health/ready");
    return { status, body: { status: body["status"], failing: body["failing"] } };
  };
  await recordHeartbeat(world.services);
  expect(await ready()).toEqual({ status: 200, body: { status: "ok", failing: [] } });
  await world.services.db.query("UPDATE runner.heartbeat SET beat_at = now() - interval '10 minutes'", []);
  expect(await ready()).toEqual({ status: 200, body: { status: "degraded", failing: ["worker"] } });
  await recordHeartbeat(world.services);
  expect(await ready()).toEqual({ status: 200, body: { status: "ok", failing: [] } });
});

test("readiness does not trust a heartbeat in the future", async ({ world, call }) => {
  await world.services.db.query("UPDATE runner.heartbeat SET beat_at = now() + interval '1 minute'", []);
  const { body } = await call("GET", "/api/health/ready");
  expect(body).toMatchObject({ status: "degraded", failing: ["worker"] });
  await recordHeartbeat(world.services);
});

test("readiness reports the free space, and a disk below the reserve as degraded", async ({ world }) => {
  await recordHeartbeat(world.services);
  const ready = async (freeSpaceReserve: number) => {
    const freeSpace = () => Promise.resolve({ database: 2_000, files: 1_000 });
    const api = await serveApi({
      ...world.services,
      freeSpace,
      config: { ...world.services.config, freeSpaceReserve },
    });
    const response = await fetch(`${api.url}/api/health/ready`);
    await api.close();
    return [response.status, await response.json()];
  };
  const free_bytes = { database: 2_000, blob_store: 1_000 };
  expect(await ready(1_000)).toEqual([200, { status: "ok", failing: [], free_bytes }]);
  expect(await ready(1_500)).toEqual([200, { status: "degraded", failing: ["blob_store_disk"], free_bytes }]);
  expect(await ready(2_500)).toEqual([
    200,
    { status: "degraded", failing: ["database_disk", "blob_store_disk"], free_bytes },
  ]);
});

test("readiness fails with 503 if the blob store cannot be written to", async ({ world }) => {
  const blobs = { ...world.services.blobs, check: () => Promise.reject(new Error("The disk is full.")) };
  const api = await serveApi({ ...world.services, blobs });
  const response = await fetch(`${api.url}/api/health/ready`);
  expect([response.status, await response.json()]).toEqual([503, { status: "unavailable", failing: ["blob_store"] }]);
  await api.close();
});
