import { expect, vi } from "vitest";
import { createApiKey, revokeApiKey } from "@/server/domain/api-keys/api-keys";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { setStrictActions } from "@/server/domain/event-schemas/strict-actions";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import { updateOrganization } from "@/server/domain/organizations/update-organization";
import { hashSecret } from "@/server/kernel/ids";
import type { Change } from "@/server/kernel/ports/database";
import { test } from "@/server/testing/fixtures";
import { startFaultyTcpProxy } from "@/server/testing/faulty-tcp-proxy";
import { listenForChanges } from "./change-listener";

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function listen(url: string) {
  const received: (Change | "any")[] = [];
  const changes = listenForChanges(url, quiet);
  changes.subscribe((change) => void received.push(change));
  await vi.waitUntil(() => changes.syncedUntil() > 0, { timeout: 10_000 });
  return { received, changes };
}

test("another process is notified of every change that its caches depend on", async ({ world, organization }) => {
  const { received, changes } = await listen(world.databaseUrl);
  const expectChange = (expected: Change | "any") =>
    expect.poll(() => received, { timeout: 10_000 }).toContainEqual(expected);
  const { pk } = organization.environment;
  expect(received.splice(0)).toEqual(["any"]);

  const { key, secret } = await createApiKey(organization, { name: "backend" });
  const hash = Buffer.from(hashSecret(secret)).toString("hex");
  await expectChange({ kind: "api_key", key: hash });
  received.length = 0;
  await revokeApiKey(organization, key.id);
  await expectChange({ kind: "api_key", key: hash });

  await createEventSchema(organization, "a.b", {
    targets: [{ type: "team", metadata: null }],
    actorMetadata: null,
    metadata: null,
  });
  await expectChange({ kind: "action", key: `${pk}:a.b` });

  await updateOrganization(organization, { name: "Renamed" });
  await expectChange({ kind: "organization", key: `${pk}:${organization.organization.id}` });
  received.length = 0;
  await deleteOrganization(organization);
  await expectChange({ kind: "organization", key: `${pk}:${organization.organization.id}` });

  expect(received).not.toContain("any");
  await setStrictActions(organization, true);
  await expectChange("any");
  await changes.close();
});

test("a lost connection is reopened, and subscribers learn that anything may have changed", async ({ world }) => {
  const { received, changes } = await listen(world.databaseUrl);
  await world.services.db.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    [],
  );
  await expect.poll(() => received.length, { timeout: 20_000 }).toBeGreaterThan(1);
  await world.services.db.query("SELECT pg_notify('trailport_changes', 'action 1:a b')", []);
  await expect.poll(() => received.at(-1), { timeout: 10_000 }).toEqual({ kind: "action", key: "1:a b" });
  expect(received.slice(0, 2)).toEqual(["any", "any"]);
  await changes.close();
});

test("an unresponsive connection is detected, and syncedUntil stays before its silence", async ({ world }) => {
  const proxy = await startFaultyTcpProxy(world.databaseUrl);
  const { received, changes } = await listen(proxy.url);
  proxy.silence();
  const silentSince = performance.now();
  await expect.poll(() => performance.now() - changes.syncedUntil(), { timeout: 20_000 }).toBeGreaterThan(2_000);
  expect(changes.syncedUntil()).toBeLessThanOrEqual(silentSince);
  proxy.restore();
  await expect.poll(() => received.length, { timeout: 20_000 }).toBeGreaterThan(1);
  await changes.close();
  await proxy.close();
});
