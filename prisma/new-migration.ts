// `npm run db:migrate:new -- <name>`: the migration that leads from prisma/migrations to prisma/schema.prisma.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTemporaryPostgres } from "@/server/embedded/temporary-postgres";
import { applyMigrations } from "@/server/infra/migrate";
import { noFilter, wholeScript, withSchemaEngine } from "@/server/infra/schema-engine";

const schemaPath = join(process.cwd(), "prisma", "schema.prisma");

/** The SQL that is missing, or null. Looks at PostgreSQL's schema `public` only: the others are written by hand. */
async function missingSql(): Promise<string | null> {
  const server = await startTemporaryPostgres();
  try {
    await applyMigrations(server.url);
    const files = [{ path: schemaPath, content: await readFile(schemaPath, "utf8") }];
    const { exitCode, stdout } = await withSchemaEngine(server.url, wholeScript, (engine) =>
      engine.diff({
        from: { tag: "schemaDatasource", files, configDir: process.cwd() },
        to: { tag: "schemaDatamodel", files },
        script: true,
        exitCode: true,
        filters: noFilter,
      }),
    );
    return exitCode === 0 ? null : stdout;
  } finally {
    await server.stop();
  }
}

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run db:migrate:new -- <name>, in lower case with underscores, such as add_retention");
  process.exit(1);
}
const sql = await missingSql();
if (sql === null) {
  console.log("Nothing to do: prisma/migrations already lead to prisma/schema.prisma.");
} else {
  const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join("prisma", "migrations", `${timestamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, "migration.sql"), sql);
  console.log(`Wrote ${join(folder, "migration.sql")}. Read it before you commit it.`);
}
