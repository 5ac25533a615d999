import { connect } from "@/server/infra/postgres/connection";

/** The schemas of Trailport's tables. */
const SCHEMAS = "public, log, runner";

/**
 * Lets the role of web and worker read and write the rows of all tables, including future ones. It cannot change tables,
 * nor the record of migrations.
 * @param ownerUrl connects as the role that migrated the database
 */
export async function grantAccess(ownerUrl: string, role: string): Promise<void> {
  const client = await connect(ownerUrl, { holdsLocks: true });
  try {
    const name = client.escapeIdentifier(role);
    for (const statement of [
      `GRANT USAGE ON SCHEMA ${SCHEMAS} TO ${name}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMAS} TO ${name}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${SCHEMAS} TO ${name}`,
      `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMAS} TO ${name}`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${SCHEMAS} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${name}`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${SCHEMAS} GRANT USAGE, SELECT ON SEQUENCES TO ${name}`,
      `REVOKE ALL ON _prisma_migrations FROM ${name}`,
    ])
      await client.query(statement);
  } finally {
    await client.end();
  }
}
