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
    return { status, body };
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
  expect(body).toEqual({ status: "degraded", failing: ["worker"] });
  await recordHeartbeat(world.services);
});

test("readiness fails with 503 if the blob store cannot be written to", async ({ world }) => {
  const blobs = { ...world.services.blobs, check: () => Promise.reject(new Error("The disk is full.")) };
  const api = await serveApi({ ...world.services, blobs });
  const response = await fetch(`${api.url}/api/health/ready`);
  expect([response.status, await response.json()]).toEqual([503, { status: "unavailable", failing: ["blob_store"] }]);
  await api.close();
});
