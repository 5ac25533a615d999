import { randomBytes } from "node:crypto";
import pg from "pg";
import { superuser } from "./cluster";

/** Owns the database and everything in it, and migrates it. Not a superuser. */
const OWNER = "trailport_owner";
/** The role of web and worker. It reads and writes rows and cannot change tables. */
const APP = "trailport_app";

/** New with each start, so they are stored nowhere. The superuser's password is in the cluster's folder. */
const passwords = { [OWNER]: newPassword(), [APP]: newPassword() };

export interface RoleUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/**
 * Creates the roles of the embedded database, or gives them this start's passwords, and makes the owner own everything that
 * the superuser owns: an installation of an earlier version did everything as the superuser.
 */
export async function prepareRoles(superuserUrl: string): Promise<RoleUrls> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    // A statement that fails would appear in PostgreSQL's log with its password.
    await client.query("SET log_min_error_statement = panic");
    for (const [role, password] of Object.entries(passwords)) {
      const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
      if (rowCount === 0) await client.query(`CREATE ROLE ${role}`);
      await client.query(
        `ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '${password}'`,
      );
    }
    await client.query(CHANGE_OWNER);
  } finally {
    await client.end();
  }
  return { ownerUrl: urlOf(superuserUrl, OWNER), appUrl: urlOf(superuserUrl, APP) };
}

function newPassword(): string {
  return randomBytes(24).toString("hex");
}

function urlOf(superuserUrl: string, role: keyof typeof passwords): string {
  const url = new URL(superuserUrl);
  url.username = role;
  url.password = passwords[role];
  return url.href;
}

/** REASSIGN OWNED does not work for the superuser that initdb created, because it owns PostgreSQL's catalogs, too. */
const CHANGE_OWNER = `DO $$
DECLARE
  change text;
BEGIN
  FOR change IN
    SELECT format('ALTER DATABASE %I OWNER TO ${OWNER}', datname) FROM pg_database
      WHERE datname = current_database() AND datdba = '${superuser}'::regrole
    UNION ALL
    SELECT format('ALTER SCHEMA %I OWNER TO ${OWNER}', nspname) FROM pg_namespace
      WHERE nspowner = '${superuser}'::regrole AND nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL
    SELECT format('ALTER TABLE %I.%I OWNER TO ${OWNER}', n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relowner = '${superuser}'::regrole AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        -- The sequence of a column belongs to whoever owns its table.
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
          AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND c.relkind = 'S')
    UNION ALL
    SELECT format('ALTER ROUTINE %s OWNER TO ${OWNER}', p.oid::regprocedure)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.proowner = '${superuser}'::regrole AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT format('ALTER TYPE %I.%I OWNER TO ${OWNER}', n.nspname, t.typname)
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typowner = '${superuser}'::regrole AND t.typtype IN ('e', 'd')
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  LOOP
    EXECUTE change;
  END LOOP;
END
$$`;
