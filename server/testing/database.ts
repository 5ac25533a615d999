import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { onServer } from "./run-statement";

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of the caller's own, copied from the run's template. Drop it when done. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject("testServer").template}`);
}

/** A database without migrations, for their own tests. Drop it when done. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create("");
}

async function create(options: string): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `trailport_test_${randomBytes(6).toString("hex")}`;
  await onServer(server.url, `CREATE DATABASE ${name} ${options}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    // FORCE: a pool that a test forgot must not keep the database.
    drop: () => onServer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
