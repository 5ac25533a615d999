import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { expireRateWindows } from "@/server/domain/rate-limit/expire-rate-windows";
import { createEnvironment } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";
import { openDatabase } from "@/server/infra/postgres/database";
import type { Services } from "@/server/kernel/services";
import { inAnotherProcess } from "@/server/testing/services";

const LIMIT = 500;

/** Two web processes with one database, each with its own services, connections and caches. */
async function twoServers(services: Services, databaseUrl: string) {
  const config = { ...services.config, rateLimitPerMinute: LIMIT };
  const databases = [openDatabase(databaseUrl, services.log), openDatabase(databaseUrl, services.log)];
  const servers = await Promise.all(databases.map((db) => serveApi(inAnotherProcess({ ...services, db, config }))));
  return {
    urls: servers.map((server) => server.url),
    close: () => Promise.all([...servers, ...databases].map((each) => each.close())),
  };
}

test("two processes together admit at most the limit and at least 90% of it", async ({ world }) => {
  const { services, clock, databaseUrl } = world;
  const { urls, close } = await twoServers(services, databaseUrl);
  const environment = await createEnvironment(services);
  const { secret } = await createApiKey(environment, { name: "busy" });
  const other = await createApiKey(await createEnvironment(services), { name: "quiet" });
  const get = (n: number, key = secret) =>
    fetch(`${urls[n % 2]}/organizations`, { headers: { authorization: `Bearer ${key}` } });

  clock.now = new Date("2026-10-01T12:00:15.000Z");
  const statuses = new Map<number, number>();
  for (let n = 0; n < LIMIT * 1.5; n += 50) {
    const responses = await Promise.all(Array.from({ length: 50 }, (_, m) => get(n + m)));
    for (const { status } of responses) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses.keys()].toSorted()).toEqual([200, 429]);
  expect(statuses.get(200)).toBeLessThanOrEqual(LIMIT);
  expect(statuses.get(200)).toBeGreaterThanOrEqual(LIMIT * 0.9);

  const rejected = await get(0);
  expect(rejected.headers.get("retry-after")).toBe("10");
  expect(rejected.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await rejected.json()).toEqual({ message: "Too many requests.", code: "rate_limit_exceeded" });
  expect((await get(0, other.secret)).status).toBe(200);

  clock.now = new Date("2026-10-01T12:01:00.000Z");
  expect((await get(0)).status).toBe(200);
  const windows = () => services.db.prisma.rateWindow.count({ where: { environmentPk: environment.environment.pk } });
  expect(await windows()).toBe(2);
  clock.now = new Date("2026-10-01T14:00:00.000Z");
  await expireRateWindows(services);
  expect(await windows()).toBe(0);
  await close();
});
