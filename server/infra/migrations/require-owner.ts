import type pg from "pg";

interface Rights {
  readonly role: string;
  readonly database: string;
  readonly mayCreateSchemas: boolean;
  readonly mayCreateTables: boolean;
  readonly hasMigrationTable: boolean;
  /** What the schemas public, log and runner contain, except for extensions. */
  readonly contents: string | null;
  /** The schemas log and runner, as far as they exist. */
  readonly schemas: string | null;
}

/**
 * Checks that the database has nothing in it, and that the role may create tables, before the first migration.
 * @throws Error in one sentence
 */
export async function requireEmptyDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Rights>(
    `WITH contents AS (
       SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('public', 'log', 'runner') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     )
     SELECT current_user AS role, current_database() AS database,
       has_database_privilege(current_database(), 'CREATE') AS "mayCreateSchemas",
       coalesce(has_schema_privilege(to_regnamespace('public'), 'USAGE')
         AND has_schema_privilege(to_regnamespace('public'), 'CREATE'), false) AS "mayCreateTables",
       EXISTS (SELECT FROM contents WHERE name = '_prisma_migrations') AS "hasMigrationTable",
       (SELECT string_agg(name, ', ' ORDER BY name) FROM contents WHERE name <> '_prisma_migrations') AS contents,
       (SELECT string_agg(nspname, ', ' ORDER BY nspname) FROM pg_namespace WHERE nspname IN ('log', 'runner')) AS schemas`,
  );
  const [rights] = rows;
  const problem = rights === undefined ? null : problemOf(rights);
  if (problem !== null) throw new Error(problem);
}

function problemOf({ role, database, contents, schemas, ...rights }: Rights): string | null {
  if (contents !== null)
    return `The database is not empty: it contains the tables ${contents}. Trailport needs a database of its own.`;
  if (rights.hasMigrationTable)
    return "The database contains an empty table _prisma_migrations. If no other application uses this database, run: DROP TABLE _prisma_migrations.";
  if (schemas !== null)
    return `The database already has a schema ${schemas}. Trailport creates it itself: drop it, or use another database.`;
  if (!rights.mayCreateSchemas)
    return `The role ${role} may not create schemas. Run: GRANT CREATE ON DATABASE "${database}" TO "${role}".`;
  if (!rights.mayCreateTables)
    return `The role ${role} may not create tables. Run in the database: GRANT USAGE, CREATE ON SCHEMA public TO "${role}".`;
  return null;
}

/**
 * Checks that the role owns Trailport's tables, and so may migrate them.
 * @throws Error in one sentence that names the owner
 */
export async function requireOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; owner: string }>(
    `SELECT DISTINCT current_user AS role, pg_get_userbyid(c.relowner) AS owner
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'log', 'runner') AND NOT pg_has_role(c.relowner, 'USAGE')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     LIMIT 1`,
  );
  const [other] = rows;
  if (other === undefined) return;
  throw new Error(
    `This version has to change tables that belong to the role ${other.owner}, but the role ${other.role} connects. Set DATABASE_OWNER_URL to connect as ${other.owner}.`,
  );
}
