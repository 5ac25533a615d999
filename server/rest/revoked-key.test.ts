import { expect } from "vitest";
import { createApiKey, revokeApiKey } from "@/server/domain/api-keys/api-keys";
import { openDatabase } from "@/server/infra/db";
import type { Changes } from "@/server/services";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/http";

test.for([
  ["hears of it", null],
  ["hears nothing of other processes", { subscribe: () => undefined, toldUntil: () => -Infinity }],
] satisfies [string, Changes | null][])(
  "a revoked key is refused by another process that %s",
  async ([, deaf], { world, environment }) => {
    const opened = openDatabase(world.databaseUrl, world.services.log);
    const db = deaf === null ? opened : { ...opened, changes: deaf };
    const other = await serveApi({ ...world.services, db });
    const { key, secret } = await createApiKey(environment, { name: "backend" });
    const status = async () =>
      (await fetch(`${other.url}/organizations`, { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await status()).toBe(200);
    await revokeApiKey(environment, key.id);
    await expect.poll(status, { timeout: 5_000, interval: 50 }).toBe(401);
    await other.close();
    await opened.close();
  },
);
