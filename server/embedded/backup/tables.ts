import type pg from "pg";

export interface BackupTable {
  /** With its schema, quoted where necessary. */
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * The tables of Trailport, without those of the runner: unfinished runs refer to uploads that a backup does not contain.
 * After a restore, the sweeps start new runs from the rows of exports and deleted organizations. Partitions are read
 * through their parent.
 */
const TABLES = `
SELECT c.oid::int AS oid, format('%I.%I', n.nspname, c.relname) AS table,
  (SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute a
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
  (SELECT coalesce(array_agg(DISTINCT f.confrelid::int), '{}') FROM pg_constraint f
   WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS references
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'log') AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'
ORDER BY 2`;

interface TableRow extends BackupTable {
  readonly oid: number;
  readonly references: readonly number[];
}

/** Lists the tables of a backup, each after those that its rows refer to. */
export async function listTables(client: pg.ClientBase): Promise<BackupTable[]> {
  const { rows } = await client.query<TableRow>(TABLES);
  const ordered: TableRow[] = [];
  const left = new Map(rows.map((row) => [row.oid, row]));
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ references }) => !references.some((oid) => left.has(oid)));
    if (ready.length === 0) throw new Error("Tables refer to each other in a circle, so their rows can't be ordered.");
    for (const row of ready) left.delete(row.oid);
    ordered.push(...ready);
  }
  return ordered.map(({ table, columns }) => ({ table, columns }));
}

/** Returns the last value of each sequence of these tables; a sequence that was never used is left out. */
export async function readSequences(client: pg.ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname IN ('public', 'log') AND last_value IS NOT NULL ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}
