// Database and export files on volumes of their own, as in a container: real file systems that are really full.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { recordHeartbeat } from "@/server/domain/operations/heartbeat";
import { diskSpace } from "@/server/infra/free-space";
import { createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/rest-fixtures";
import { serveApi } from "@/server/testing/serve-api";

const RESERVE = 1_000_000;
const dataDir = mkdtempSync(join(tmpdir(), "volumes-"));
const volumes = { database: join(dataDir, "postgres"), files: join(dataDir, "blobs") };

/** Mounts a volume of 4 MB for each; returns whether this user may. */
function mountVolumes(): boolean {
  try {
    for (const volume of Object.values(volumes)) {
      mkdirSync(volume);
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", volume], { stdio: "ignore" });
    }
    return true;
  } catch {
    return false;
  }
}

const isMounted = mountVolumes();
const note = isMounted ? "" : " (skipped: this user can't mount volumes)";

afterAll(async () => {
  for (const volume of isMounted ? Object.values(volumes) : []) execFileSync("umount", [volume]);
  await rm(dataDir, { recursive: true });
});

test.skipIf(!isMounted)(
  `each full volume is reported by name, and events are still stored${note}`,
  async ({ world, environment }) => {
    const { organization } = await createOrganization(environment);
    const { secret } = await createApiKey(environment, { name: "backend" });
    await recordHeartbeat(world.services);
    const freeSpace = diskSpace(join(volumes.database, "data"), pathToFileURL(volumes.files).href);
    const config = { ...world.services.config, freeSpaceReserve: RESERVE };
    const api = await serveApi({ ...world.services, freeSpace, config });
    const readiness = async () => (await (await fetch(`${api.url}/api/health/ready`)).json()) as object;
    const send = async () => {
      const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
      const body = JSON.stringify({ ...exampleEvent, organization_id: organization.id });
      return (await fetch(`${api.url}/audit_logs/events`, { method: "POST", headers, body })).status;
    };
    expect(await readiness()).toMatchObject({ status: "ok", failing: [] });

    await writeFile(join(volumes.files, "other"), Buffer.alloc(3_500_000));
    expect(await readiness()).toMatchObject({ status: "degraded", failing: ["blob_store_disk"] });
    expect(await send()).toBe(201);

    await rm(join(volumes.files, "other"));
    await writeFile(join(volumes.database, "other"), Buffer.alloc(3_500_000));
    expect(await readiness()).toMatchObject({ status: "degraded", failing: ["database_disk"] });
    expect(await send()).toBe(201);
    await api.close();
  },
);
