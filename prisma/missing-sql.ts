import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { noFilter, withSchemaEngine } from "./schema-engine";

/**
 * Returns the SQL that brings a database to prisma/schema.prisma, or null if nothing is missing. Compares PostgreSQL's
 * schema `public` only: the SQL for the other schemas is written by hand.
 */
export async function missingSql(databaseUrl: string): Promise<string | null> {
  const path = join(process.cwd(), "prisma", "schema.prisma");
  const files = [{ path, content: await readFile(path, "utf8") }];
  const { exitCode, stdout } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diff({
      from: { tag: "schemaDatasource", files, configDir: process.cwd() },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: noFilter,
    }),
  );
  return exitCode === 0 ? null : stdout;
}
