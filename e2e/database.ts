import { readFile } from "node:fs/promises";
import path from "node:path";

/** Of the PostgreSQL that the tests' Trailport brought up. */
export async function databaseUrl(): Promise<string> {
  const dataDir = path.dirname(process.env["TRAILPORT_E2E_START"] ?? "");
  // Elsewhere only where PostgreSQL's user cannot enter the data directory.
  const home = await readFile(path.join(dataDir, "postgres-home"), "utf8").catch(() => dataDir);
  const folder = path.join(home.trim(), "postgres");
  const password = await readFile(path.join(folder, "password"), "utf8");
  const port = (await readFile(path.join(folder, "data", "postmaster.pid"), "utf8")).split("\n")[3];
  return `postgresql://trailport:${password.trim()}@127.0.0.1:${port}/trailport`;
}
