import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FirstStart } from "./trailport-process";

/** Returns the URL of the PostgreSQL that this Trailport started, for what a test can't do through screens or the API. */
export async function databaseUrl({ dataDirectory }: FirstStart): Promise<string> {
  // Where PostgreSQL's user can't enter the data directory, this file names the folder that is used instead.
  const home = await readFile(path.join(dataDirectory, "postgres-home"), "utf8").catch(() => dataDirectory);
  const folder = path.join(home.trim(), "postgres");
  const password = await readFile(path.join(folder, "password"), "utf8");
  const port = (await readFile(path.join(folder, "data", "postmaster.pid"), "utf8")).split("\n")[3];
  return `postgresql://trailport:${password.trim()}@127.0.0.1:${port}/trailport`;
}
