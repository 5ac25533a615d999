import { expect } from "vitest";
import { runStatement } from "@/server/testing/run-statement";
import { test } from "@/server/testing/fixtures";
import { durabilityRisks } from "./durability";

test("a database that acknowledges what it has not kept is warned of, setting by setting", async ({ world }) => {
  const name = new URL(world.databaseUrl).pathname.slice(1);
  // The tests' own server runs without them; this one of the three can be set for a database alone.
  await runStatement(world.databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = 'on'`);
  expect((await durabilityRisks(world.databaseUrl)).join("\n")).not.toContain("synchronous_commit");
  await runStatement(world.databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = 'off'`);
  expect(await durabilityRisks(world.databaseUrl)).toContain(
    "PostgreSQL runs with synchronous_commit = off: events that were answered 201 can be lost when PostgreSQL stops. Turn it on.",
  );
  await runStatement(world.databaseUrl, `ALTER DATABASE ${name} SET synchronous_commit = 'local'`);
  expect((await durabilityRisks(world.databaseUrl)).join("\n")).not.toContain("synchronous_commit");
});
