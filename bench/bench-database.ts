import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startPostgres } from "@/server/embedded/postgres/start-postgres";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";

/** The database and the folder of one benchmark run. */
export interface BenchDatabase {
  readonly databaseUrl: string;
  /** Writable for the database server's user too. */
  readonly folder: string;
  /** The superuser's connection, for seeding and baselines. */
  readonly sql: pg.Client;
}

/** Starts a durable PostgreSQL, configured as in production, runs the benchmark on it, and removes it again. */
export async function withBenchDatabase(run: (bench: BenchDatabase) => Promise<void>): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), "trailport-bench-"));
  await chmod(home, 0o711);
  const [dataDir, folder] = [path.join(home, "database"), path.join(home, "files")];
  await mkdir(dataDir);
  await chmod(dataDir, 0o711);
  await mkdir(folder);
  await chmod(folder, 0o777);
  const server = await startPostgres({ dataDir, log: () => undefined });
  try {
    await applyMigrations(server.url);
    const sql = new pg.Client({ connectionString: server.url });
    await sql.connect();
    try {
      await requireDurability(sql);
      await run({ databaseUrl: server.url, folder, sql });
    } finally {
      await sql.end();
    }
  } finally {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

async function requireDurability(sql: pg.Client): Promise<void> {
  for (const name of ["fsync", "synchronous_commit", "full_page_writes"]) {
    const { rows } = await sql.query<{ value: string }>("SELECT current_setting($1) AS value", [name]);
    if (rows[0]?.value !== "on") throw new Error(`PostgreSQL runs with ${name} = ${rows[0]?.value}.`);
  }
}
