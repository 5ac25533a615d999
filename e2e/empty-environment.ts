import pg from "pg";
import { expect } from "@playwright/test";
import { newId } from "@/server/kernel/ids";
import { databaseUrl } from "./database";
import type { FirstStart } from "./trailport-process";

/** Adds an empty production environment to the tests' workspace. */
export async function addEmptyEnvironment(
  trailport: FirstStart,
): Promise<{ readonly id: string; readonly name: string }> {
  const id = newId("environment", new Date());
  const name = `Empty ${id.slice(-6)}`;
  const client = new pg.Client({ connectionString: await databaseUrl(trailport) });
  await client.connect();
  const { rowCount } = await client.query(
    "INSERT INTO environment (id, workspace_id, name, kind) SELECT $1, id, $2, 'production' FROM workspace",
    [id, name],
  );
  await client.end();
  expect(rowCount).toBe(1);
  return { id, name };
}
