import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { noFilter, wholeScript, withSchemaEngine } from "./schema-engine";

/**
 * The SQL that leads from a database to prisma/schema.prisma, or null where nothing is missing. Looks at PostgreSQL's
 * schema `public` only: the others are written by hand.
 */
export async function missingSql(databaseUrl: string): Promise<string | null> {
  const path = join(process.cwd(), "prisma", "schema.prisma");
  const files = [{ path, content: await readFile(path, "utf8") }];
  const { exitCode, stdout } = await withSchemaEngine(databaseUrl, wholeScript, (engine) =>
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
