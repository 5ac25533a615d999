import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { startTemporaryPostgres } from "@/server/embedded/postgres/temporary-postgres";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { onServer } from "./run-statement";

declare module "vitest" {
  interface ProvidedContext {
    /** A server to make databases on, and the migrated database that they are copied from. */
    testServer: { url: string; template: string };
    /** An S3 server that takes the tests' credentials, where whoever runs them has started one. */
    testS3: { endpoint: string } | null;
  }
}

/** Vitest's global set-up: one server for the whole run, `TEST_DATABASE_URL` or an embedded one, and a template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Which server the tests use is the business of whoever runs them, not of the application's environment.
  const given = process.env["TEST_DATABASE_URL"];
  const server = given === undefined ? await startTemporaryPostgres() : { url: given, stop: async () => undefined };
  const template = `trailport_template_${randomBytes(6).toString("hex")}`;
  await onServer(server.url, `CREATE DATABASE ${template}`);
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${template}`;
  await applyMigrations(templateUrl.href);
  project.provide("testServer", { url: server.url, template });
  const endpoint = process.env["TEST_S3_ENDPOINT"];
  project.provide("testS3", endpoint ? { endpoint } : null);
  return async () => {
    await onServer(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
}
