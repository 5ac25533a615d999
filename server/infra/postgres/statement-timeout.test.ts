import pg from "pg";
import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";
import { FOR_FUNCTIONS, FOR_REQUESTS, openDatabase } from "./database";
import { inAnotherProcess } from "@/server/testing/services";

/** Keeps what reads a table waiting, as a list does that is too long. */
async function hold(databaseUrl: string, table: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return { release: () => client.end() };
}

test("a list for which the database takes too long is given up there and answered 503, whichever it is", async ({
  world,
  environment,
}) => {
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
    const held = await hold(world.databaseUrl, table);
    const answer = await get(path);
    expect([answer.status, answer.headers.get("retry-after")], path).toEqual([503, "1"]);
    expect(await answer.json()).toEqual({ message: "The database took too long to answer. Try again in a moment." });
    await held.release();
    expect((await get(path)).status, path).toBe(200);
  }
  for (const table of ["activity", "rejected_event"]) {
    const held = await hold(world.databaseUrl, table);
    const statement = db.query(`SELECT count(*) FROM ${table}`, []);
    await expect(statement).rejects.toMatchObject({ code: "unavailable" });
    await held.release();
  }
  await api.close();
  await db.close();
});

test("every statement of a request has a time, by Prisma and in SQL, and those of the functions have none", async ({
  world,
}) => {
  const times = async (options: typeof FOR_REQUESTS) => {
    const db = openDatabase(world.databaseUrl, world.services.log, options);
    const statement = "SELECT current_setting('statement_timeout') AS time";
    const rows = [
      ...(await db.query<{ time: string }>(statement, [])),
      ...(await db.prisma.$queryRawUnsafe<{ time: string }[]>(statement)),
      ...(await db.prisma.$transaction((tx) => tx.$queryRawUnsafe<{ time: string }[]>(statement))),
    ];
    await db.close();
    return rows.map(({ time }) => time);
  };
  expect(await times(FOR_REQUESTS)).toEqual(["10s", "10s", "10s"]);
  expect(await times(FOR_FUNCTIONS)).toEqual(["0", "0", "0"]);
});
