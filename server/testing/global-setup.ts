import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { startTemporaryPostgres } from "@/server/embedded/postgres/temporary-postgres";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { runStatement } from "./run-statement";

declare module "vitest" {
  interface ProvidedContext {
    /** A server on which tests create databases, and the migrated database that they copy. */
    testServer: { url: string; template: string };
    /** An S3 server that accepts the tests' credentials, if one is running. */
    testS3: { endpoint: string } | null;
  }
}

/** Vitest's global setup: one server for the whole test run, `TEST_DATABASE_URL` or an embedded one, and a template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Read here rather than in env.ts, because these variables configure the tests and not the application.
  const given = process.env["TEST_DATABASE_URL"];
  const server = given === undefined ? await startTemporaryPostgres() : { url: given, stop: async () => undefined };
  const template = `trailport_template_${randomBytes(6).toString("hex")}`;
  await runStatement(server.url, `CREATE DATABASE ${template}`);
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${template}`;
  await applyMigrations(templateUrl.href);
  project.provide("testServer", { url: server.url, template });
  const endpoint = process.env["TEST_S3_ENDPOINT"];
  project.provide("testS3", endpoint ? { endpoint } : null);
  return async () => {
    await runStatement(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
}
