// `npm run db:migrate:new -- <name>` writes the migration that brings prisma/migrations up to prisma/schema.prisma.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTemporaryPostgres } from "@/server/embedded/postgres/temporary-postgres";
import { applyMigrations } from "@/server/infra/migrations/apply-migrations";
import { missingSql } from "./missing-sql";

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run db:migrate:new -- <name>, in lowercase with underscores, such as add_retention");
  process.exit(1);
}
const server = await startTemporaryPostgres();
const sql = await applyMigrations(server.url)
  .then(() => missingSql(server.url))
  .finally(() => server.stop());
if (sql === null) {
  console.log("Nothing to do: the migrations already match prisma/schema.prisma.");
} else {
  const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join("prisma", "migrations", `${timestamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, "migration.sql"), sql);
  console.log(`Wrote ${join(folder, "migration.sql")}. Review it before you commit.`);
}
