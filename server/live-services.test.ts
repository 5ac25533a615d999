import { expect, test } from "vitest";
import { poolSize } from "@/server/infra/postgres/database";
import { readEnv } from "@/server/kernel/env";
import { createTestDatabase } from "@/server/testing/database";
import { runStatement } from "@/server/testing/run-statement";
import { openLive } from "./live-services";

test("a node opens at most DATABASE_CONNECTIONS connections, however much it has to do", async () => {
  const database = await createTestDatabase();
  const live = openLive(
    readEnv({
      DATABASE_URL: database.url,
      DATABASE_CONNECTIONS: "25",
      TRAILPORT_EMBEDDED_RUNNER: "1",
      AUTH_SECRET: "a secret that only tests use, 32 chars",
      DOWNLOAD_SECRET: "a secret that only tests use, 32 chars",
      INNGEST_EVENT_KEY: "event-key-for-tests",
      LOG_LEVEL: "silent",
    }),
  );
  const databases = [live.services.db, live.background.db];
  // Each statement waits until as many sessions as possible are open.
  await runStatement(database.url, "CREATE TABLE seen (pid int)");
  await Promise.all(
    databases
      .flatMap((db) =>
        Array.from({ length: 30 }, () => [
          db.query("INSERT INTO seen SELECT pg_backend_pid() FROM pg_sleep(0.02)", []),
          db.prisma.$executeRaw`INSERT INTO seen SELECT pg_backend_pid() FROM pg_sleep(0.02)`,
        ]),
      )
      .flat(),
  );
  const rows = await live.services.db.query<{ count: number }>(
    "SELECT count(DISTINCT pid)::int AS count FROM seen",
    [],
  );
  expect(rows[0]?.count).toBeLessThanOrEqual(4 * poolSize(25));
  await live.close();
  await database.drop();
});

test("pools share the connections that are left, and always have two", () => {
  expect([25, 40, 65, 1_000].map(poolSize)).toEqual([2, 5, 10, 10]);
});
