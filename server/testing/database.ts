import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { runStatement } from "./run-statement";

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Creates a migrated, empty database from the test run's template. The caller drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject("testServer").template}`);
}

/** Creates a database without migrations, for tests of the migrations. The caller drops it. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create("");
}

async function create(options: string): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `trailport_test_${randomBytes(6).toString("hex")}`;
  await runStatement(server.url, `CREATE DATABASE ${name} ${options}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    // FORCE also drops the database while a test has left connections open.
    drop: () => runStatement(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
