import { readFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { startTemporaryPostgres } from "@/server/embedded/postgres/temporary-postgres";
import { checkServer } from "@/server/infra/postgres/check-server";
import { connect } from "@/server/infra/postgres/connection";
import { runStatement } from "@/server/testing/run-statement";
import { applyMigrations } from "./apply-migrations";
import { grantAccess } from "./grant-access";

/** Returns the statements of an SQL block of the docs, with a password. */
async function documentedBlock(index: number): Promise<string[]> {
  const page = await readFile("docs/operations.md", "utf8");
  const section = page.split("\n## ").find((each) => each.startsWith("Database roles")) ?? "";
  const blocks = Array.from(section.matchAll(/```sql\n([^`]+)```/g), ([, sql = ""]) => sql);
  return (blocks[index] ?? "").replaceAll("'…'", "'secret'").trim().split(/;\s*/).filter(Boolean);
}

test("the documented statements are all that the roles of web and worker and of migrations need", async () => {
  const server = await startTemporaryPostgres();
  onTestFinished(() => server.stop());
  const urlOf = (database: string, role?: string) => {
    const url = new URL(server.url);
    url.pathname = database;
    if (role !== undefined) [url.username, url.password] = [role, "secret"];
    return url.href;
  };
  const migrate = async (database: string) => {
    const [ownerUrl, appUrl] = [urlOf(database, "trailport_owner"), urlOf(database, "trailport_app")];
    await checkServer(ownerUrl, "DATABASE_OWNER_URL");
    await checkServer(appUrl);
    expect((await applyMigrations(ownerUrl)).applied.length).toBeGreaterThan(0);
    await grantAccess(ownerUrl, "trailport_app");
    const client = await connect(appUrl);
    expect((await client.query("SELECT FROM workspace")).rowCount).toBe(0);
    await client.end();
  };
  const other = urlOf("postgres");
  await runStatement(other, "DROP DATABASE IF EXISTS trailport");
  for (const statement of await documentedBlock(0)) await runStatement(other, statement);
  await migrate("trailport");

  await runStatement(other, "DROP DATABASE trailport WITH (FORCE)");
  await runStatement(other, "CREATE DATABASE trailport");
  await runStatement(other, "REVOKE ALL ON DATABASE trailport FROM PUBLIC");
  for (const statement of await documentedBlock(1)) await runStatement(urlOf("trailport"), statement);
  await migrate("trailport");
});
