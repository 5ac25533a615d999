import pg from "pg";
import { expect } from "@playwright/test";
import { newId } from "@/server/kernel/ids";
import { databaseUrl } from "./database";

/** One environment more of the tests' workspace, for what is live, and with nothing in it. */
export async function addEmptyEnvironment(): Promise<{ readonly id: string; readonly name: string }> {
  const id = newId("environment", new Date());
  const name = `Empty ${id.slice(-6)}`;
  const client = new pg.Client({ connectionString: await databaseUrl() });
  await client.connect();
  const { rowCount } = await client.query(
    "INSERT INTO environment (id, workspace_id, name, kind) SELECT $1, id, $2, 'production' FROM workspace",
    [id, name],
  );
  await client.end();
  expect(rowCount).toBe(1);
  return { id, name };
}
