import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createTestDatabase } from "@/server/testing/database";
import { createTestServices } from "@/server/testing/services";
import { firstStartFiles } from "./first-start-state";
import { runFirstStart } from "./run-first-start";

async function createNodes() {
  const database = await createTestDatabase();
  const world = await createTestServices(database.url);
  const folders = await Promise.all([1, 2, 3].map(() => mkdtemp(join(tmpdir(), "node-"))));
  onTestFinished(async () => {
    await world.close();
    await database.drop();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  });
  const variables = {
    NODE_ENV: "test" as const,
    DATABASE_URL: database.url,
    AUTH_SECRET: "a secret that only tests use, 32 chars",
    DOWNLOAD_SECRET: "a secret that only tests use, 32 chars",
    LOG_LEVEL: "silent",
  };
  const start = (dataDir: string) =>
    runFirstStart({ dataDir, isEmbedded: false, ownerUrl: database.url, demoData: false }, variables);
  return { folders, start, db: world.services.db };
}

test("of nodes that start at the same time on an empty database, one sets it up", { timeout: 60_000 }, async () => {
  const { folders, start, db } = await createNodes();
  const results = await Promise.all(folders.map(start));
  const created = results.filter((result) => result !== null);
  expect(created).toHaveLength(1);
  expect(await db.prisma.workspace.count()).toBe(1);
  expect(await db.prisma.apiKey.count()).toBe(1);

  const owner = await db.prisma.member.findFirstOrThrow();
  for (const folder of folders) expect(await start(folder)).toBeNull();
  expect(await db.prisma.member.findFirstOrThrow()).toEqual(owner);
});

test("another node completes a first start that was killed, and the killed one resets nothing", async () => {
  const { folders, start, db } = await createNodes();
  const [killed = "", next = ""] = folders;
  await start(killed);
  await db.query("UPDATE runner.first_start SET finished_at = NULL", []);

  const result = await start(next);

  expect(JSON.parse(await readFile(firstStartFiles(next).result, "utf8"))).toEqual(result);
  const owner = await db.prisma.member.findFirstOrThrow();
  expect(await start(killed)).toBeNull();
  expect(await db.prisma.member.findFirstOrThrow()).toEqual(owner);
});
