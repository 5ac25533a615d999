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
  const heard: (Change | "any")[] = [];
  const changes = listenForChanges(url, quiet);
  changes.subscribe((change) => void heard.push(change));
  await vi.waitUntil(() => changes.syncedUntil() > 0, { timeout: 10_000 });
  return { heard, changes };
}

test("another process hears what the domain changes of that which is remembered", async ({ world, organization }) => {
  const { heard, changes } = await listen(world.databaseUrl);
  const told = (expected: Change | "any") => expect.poll(() => heard, { timeout: 10_000 }).toContainEqual(expected);
  const { pk } = organization.environment;
  expect(heard.splice(0)).toEqual(["any"]);

  const { key, secret } = await createApiKey(organization, { name: "backend" });
  const hash = Buffer.from(hashSecret(secret)).toString("hex");
  await told({ kind: "api_key", key: hash });
  heard.length = 0;
  await revokeApiKey(organization, key.id);
  await told({ kind: "api_key", key: hash });

  await createEventSchema(organization, "a.b", {
    targets: [{ type: "team", metadata: null }],
    actorMetadata: null,
    metadata: null,
  });
  await told({ kind: "action", key: `${pk}:a.b` });

  await updateOrganization(organization, { name: "Renamed" });
  await told({ kind: "organization", key: `${pk}:${organization.organization.id}` });
  heard.length = 0;
  await deleteOrganization(organization);
  await told({ kind: "organization", key: `${pk}:${organization.organization.id}` });

  expect(heard).not.toContain("any");
  await setStrictActions(organization, true);
  await told("any");
  await changes.close();
});

test("when the connection breaks it is opened again, and anything may have changed meanwhile", async ({ world }) => {
  const { heard, changes } = await listen(world.databaseUrl);
  await world.services.db.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')",
    [],
  );
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(1);
  await world.services.db.query("SELECT pg_notify('trailport_changes', 'action 1:a b')", []);
  await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toEqual({ kind: "action", key: "1:a b" });
  expect(heard.slice(0, 2)).toEqual(["any", "any"]);
  await changes.close();
});

test("a connection that has gone silent is noticed, and nothing is believed to have been told since", async ({
  world,
}) => {
  const proxy = await startFaultyTcpProxy(world.databaseUrl);
  const { heard, changes } = await listen(proxy.url);
  proxy.silence();
  const silent = performance.now();
  await expect.poll(() => performance.now() - changes.syncedUntil(), { timeout: 20_000 }).toBeGreaterThan(2_000);
  expect(changes.syncedUntil()).toBeLessThanOrEqual(silent);
  proxy.restore();
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(1);
  await changes.close();
  await proxy.close();
});
