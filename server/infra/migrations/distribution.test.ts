// What stands between Trailport and a PostgreSQL that is distributed by organization, such as Citus: docs/citus.md lists
// it, and these tests find it in the catalog and in the source.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "@/server/testing/database";

const COLUMN = "organization_pk";
/** The table that grows. All others stay on one node. */
const DISTRIBUTED = "log.event";

interface Key {
  table: string;
  name: string;
  kind: "unique" | "foreign";
  columns: string[];
}

let keys: Key[];
let tables: { name: string; has_column: boolean }[];
const docs = readFileSync("docs/citus.md", "utf8");

beforeAll(async () => {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<Key>(`
    SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS name, 'unique' AS kind,
      ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = ANY (i.indkey)) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE i.indisunique AND NOT c.relispartition AND c.relnamespace::regnamespace::text IN ('public', 'log')
    UNION ALL
    SELECT f.conrelid::regclass::text, f.conname, 'foreign',
      ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = f.conrelid AND attnum = ANY (f.conkey))
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
    WHERE f.contype = 'f' AND NOT c.relispartition AND c.relnamespace::regnamespace::text IN ('public', 'log')
    ORDER BY 1, 2`);
  keys = rows;
  tables = (
    await client.query<{ name: string; has_column: boolean }>(
      `SELECT c.oid::regclass::text AS name, EXISTS (
         SELECT 1 FROM pg_attribute WHERE attrelid = c.oid AND attname = $1
       ) AS has_column
       FROM pg_class c
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND c.relnamespace::regnamespace::text IN ('public', 'log', 'runner')`,
      [COLUMN],
    )
  ).rows;
  await client.end();
  await database.drop();
});

/** Returns the first cells of the table below a heading of the page. */
function listed(heading: string): string[] {
  const section = docs.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return Array.from(section.matchAll(/^\| `([^`]+)`/gm), ([, cell = ""]) => cell).toSorted();
}

test("every unique key of the events contains the organization, and they have no foreign key", () => {
  const ofEvents = keys.filter(({ table }) => table === DISTRIBUTED);

  expect(ofEvents.map(({ kind }) => kind)).toEqual(["unique"]);
  expect(ofEvents.filter(({ columns }) => !columns.includes(COLUMN))).toEqual([]);
});

test("docs/citus.md lists every key that keeps another table with the organization from being distributed", () => {
  const withColumn = new Set(tables.filter((each) => each.has_column).map(({ name }) => name));
  const inTheWay = keys.filter(
    ({ table, columns }) => table !== DISTRIBUTED && withColumn.has(table) && !columns.includes(COLUMN),
  );

  expect(inTheWay.length).toBeGreaterThan(0);
  expect(listed("Keys of the other tables")).toEqual(inTheWay.map(({ name }) => name).toSorted());
});

test("docs/citus.md lists every statement that combines events with a table on one node", () => {
  const local = new Set(tables.map(({ name }) => name).filter((name) => name !== DISTRIBUTED));
  const files = readdirSync("server", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test\.|\.fixture\.|^testing/.test(file))
    .filter((file) => combinesTables(readFileSync(join("server", file), "utf8"), local));

  expect(files.length).toBeGreaterThan(0);
  expect(listed("Statements that would not run")).toEqual(files.map((file) => join("server", file)).toSorted());
});

/** Whether one text of the source names the events and, where SQL expects a table, one of `others`. */
function combinesTables(source: string, others: ReadonlySet<string>): boolean {
  return Array.from(source.matchAll(/`[^`]*`|"[^"\n]*"/g), ([text]) => text)
    .filter((text) => /\blog\.event\b/.test(text))
    .some((text) =>
      Array.from(text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE|USING)\s+"?([a-z_.]+)/gi), ([, name = ""]) => name).some(
        (name) => others.has(name),
      ),
    );
}
