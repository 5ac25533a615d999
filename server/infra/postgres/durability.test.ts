import { expect } from "vitest";
import { runStatement } from "@/server/testing/run-statement";
import { test } from "@/server/testing/fixtures";
import { durabilityRisks } from "./durability";

test("each setting that risks stored events gets a warning", async ({ world }) => {
  const name = new URL(world.databaseUrl).pathname.slice(1);
  // The test server runs with all three off. Only this one can be set per database.
  await runStatement(world.databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = 'on'`);
  expect((await durabilityRisks(world.databaseUrl)).join("\n")).not.toContain("synchronous_commit");
  await runStatement(world.databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = 'off'`);
  expect(await durabilityRisks(world.databaseUrl)).toContain(
    "PostgreSQL runs with synchronous_commit = off: acknowledged events can be lost when PostgreSQL stops. Turn it on.",
  );
  await runStatement(world.databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = 'local'`);
  expect((await durabilityRisks(world.databaseUrl)).join("\n")).not.toContain("synchronous_commit");
});
