import { expect, onTestFinished, test, vi } from "vitest";
import { Cache } from "@/server/kernel/cache";
import { createTestDatabase } from "@/server/testing/database";
import { pgbouncerMissing, startPgbouncer } from "@/server/testing/pgbouncer";
import { runStatement } from "@/server/testing/run-statement";
import { listenForChanges } from "./change-listener";
import { checkServer } from "./check-server";

const note = pgbouncerMissing === null ? "" : ` (${pgbouncerMissing})`;
const withPgbouncer = test.skipIf(pgbouncerMissing !== null);
const REJECTION =
  "DATABASE_URL: A pooler such as PgBouncer in transaction mode shares sessions between clients, so notifications and locks " +
  "get lost. Connect directly to PostgreSQL, or set pool_mode = session.";

async function startBehind(mode: Parameters<typeof startPgbouncer>[1]) {
  const database = await createTestDatabase();
  const pgbouncer = await startPgbouncer(database.url, mode);
  onTestFinished(async () => {
    await pgbouncer.stop();
    await database.drop();
  });
  return { direct: database.url, pooled: pgbouncer.url };
}

withPgbouncer.for(["transaction", "statement"] as const)(
  `PgBouncer in %s mode is rejected in one line${note}`,
  async (mode) => {
    const { direct, pooled } = await startBehind(mode);
    await expect(checkServer(pooled)).rejects.toThrow(REJECTION);
    await checkServer(direct);
  },
);

withPgbouncer(`PgBouncer in session mode is accepted, and changes are heard through it${note}`, async () => {
  const { direct, pooled } = await startBehind("session");
  await checkServer(pooled);
  const received: unknown[] = [];
  const changes = listenForChanges(pooled, { info: vi.fn(), warn: vi.fn(), error: vi.fn() });
  changes.subscribe((change) => received.push(change));
  await expect.poll(() => received, { timeout: 20_000 }).toEqual(["any"]);
  await runStatement(direct, "SELECT pg_notify('trailport_changes', 'action 1:a')");
  await expect.poll(() => received, { timeout: 20_000 }).toEqual(["any", { kind: "action", key: "1:a" }]);
  await changes.close();
});

withPgbouncer(`through a pooler that shares sessions, caches read again after a second${note}`, async () => {
  const { pooled } = await startBehind("transaction");
  const warn = vi.fn();
  const changes = listenForChanges(pooled, { info: vi.fn(), warn, error: vi.fn() });
  changes.subscribe(() => undefined);
  await expect.poll(() => warn.mock.calls.length, { timeout: 20_000 }).toBeGreaterThan(1);
  const cache = new Cache<number>({ ttl: 1_000, maxEntries: 1 }, () => changes.syncedUntil());
  let loads = 0;
  const load = () => cache.get("key", async () => ++loads);
  await expect.poll(load, { timeout: 20_000 }).toBe(3);
  expect(changes.syncedUntil()).toBe(-Infinity);
  await changes.close();
});
