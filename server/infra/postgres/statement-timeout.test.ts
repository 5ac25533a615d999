import pg from "pg";
import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";
import { FOR_FUNCTIONS, FOR_REQUESTS, openDatabase } from "./database";
import { inAnotherProcess } from "@/server/testing/services";

/** Makes every read of a table wait, like a query that takes too long. */
async function blockTable(databaseUrl: string, table: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return { release: () => client.end() };
}

test("every list responds 503 if its query times out", async ({ world, environment }) => {
  const db = openDatabase(world.databaseUrl, world.services.log, { ...FOR_REQUESTS, statementTimeout: 300 });
  const api = await serveApi(inAnotherProcess({ ...world.services, db }));
  const { organization } = await createOrganization(environment);
  const { secret } = await createApiKey(environment, { name: "backend" });
  const get = (path: string) => fetch(api.url + path, { headers: { authorization: `Bearer ${secret}` } });
  const lists = {
    organization_domain: "/organizations",
    audit_log_export: "/audit_logs/exports",
    action: "/audit_logs/actions",
    retention_policy: `/organizations/${organization.id}/audit_logs_retention`,
  };
  for (const [table, path] of Object.entries(lists)) {
    const block = await blockTable(world.databaseUrl, table);
    const response = await get(path);
    expect([response.status, response.headers.get("retry-after")], path).toEqual([503, "1"]);
    expect(await response.json()).toEqual({
      message: "The database took too long to respond. Try again in a few seconds.",
    });
    await block.release();
    expect((await get(path)).status, path).toBe(200);
  }
  for (const table of ["activity", "rejected_event"]) {
    const block = await blockTable(world.databaseUrl, table);
    const statement = db.query(`SELECT count(*) FROM ${table}`, []);
    await expect(statement).rejects.toMatchObject({ code: "unavailable" });
    await block.release();
  }
  await api.close();
  await db.close();
});

test("every statement of a request has a timeout, in Prisma and SQL, unlike those of functions", async ({ world }) => {
  const timeouts = async (options: typeof FOR_REQUESTS) => {
    const db = openDatabase(world.databaseUrl, world.services.log, options);
    const statement = "SELECT current_setting('statement_timeout') AS timeout";
    const rows = [
      ...(await db.query<{ timeout: string }>(statement, [])),
      ...(await db.prisma.$queryRawUnsafe<{ timeout: string }[]>(statement)),
      ...(await db.prisma.$transaction((tx) => tx.$queryRawUnsafe<{ timeout: string }[]>(statement))),
    ];
    await db.close();
    return rows.map(({ timeout }) => timeout);
  };
  expect(await timeouts(FOR_REQUESTS)).toEqual(["10s", "10s", "10s"]);
  expect(await timeouts(FOR_FUNCTIONS)).toEqual(["0", "0", "0"]);
});
