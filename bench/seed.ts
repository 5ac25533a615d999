import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { newId } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { createEnvironment, createOrganization, seedEvents } from "@/server/testing/factories";
import { createTestServices } from "@/server/testing/services";
import type { BenchDatabase } from "./bench-database";

const NEIGHBORS = 999;
const MONTH = 30 * 86_400_000;

/** The data of a benchmark: one large organization among a thousand, and an API key of their environment. */
export interface BenchData {
  readonly organization: OrganizationScope;
  readonly organizations: readonly { readonly pk: number; readonly id: string }[];
  readonly secret: string;
  /** The time range of the events. */
  readonly range: { readonly from: Date; readonly to: Date };
  close(): Promise<void>;
}

/** Creates a thousand organizations, `rows` events of the large one, and as many of all others together. */
export async function seedBench({ databaseUrl, sql }: BenchDatabase, rows: number): Promise<BenchData> {
  const { services, close } = await createTestServices(databaseUrl);
  const now = () => new Date();
  const environment = await createEnvironment({ ...services, now });
  const organization = await createOrganization(environment);
  const { environmentPk } = await services.db.prisma.organization.findUniqueOrThrow({
    where: { pk: organization.organization.pk },
    select: { environmentPk: true },
  });
  await services.db.prisma.organization.createMany({
    data: Array.from({ length: NEIGHBORS }, (_, n) => ({
      id: newId("org", now()),
      name: `Neighbor ${n + 1}`,
      environmentPk,
    })),
  });
  const organizations = await services.db.prisma.organization.findMany({
    select: { pk: true, id: true },
    orderBy: { pk: "asc" },
  });
  await createEventSchema(environment, "document.updated", {
    targets: [{ type: "document", metadata: null }],
    actorMetadata: null,
    metadata: {
      type: "object",
      properties: { request_id: { type: "string" }, attempt: { type: "number" }, internal: { type: "boolean" } },
      required: ["request_id"],
    },
  });
  const { secret } = await createApiKey(environment, { name: "Bench" });

  const range = { from: new Date(Date.now() - 3 * MONTH), to: now() };
  await withoutIndexes(sql, async () => {
    await seedEvents(organization, { count: rows, ...range, seed: 1 });
    await sql.query(
      `INSERT INTO log.event (id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, actor_name,
         actor_metadata, targets, target_types, target_ids, location, user_agent, metadata)
       SELECT md5(id::text)::uuid, environment_pk, $2 + 1 + abs(hashtext(id::text)) % $3, action, version, occurred_at, actor_id,
         actor_type, actor_name, actor_metadata, targets, target_types, target_ids, location, user_agent, metadata
       FROM log.event WHERE organization_pk = $1 ORDER BY occurred_at`,
      [organization.organization.pk, organization.organization.pk, NEIGHBORS],
    );
  });
  await vacuumAndCheckpoint(sql);
  return { organization, organizations, secret, range, close };
}

/** Runs `fill` without indexes and creates them afterwards, which takes a third of the time for ten million events. */
async function withoutIndexes(sql: BenchDatabase["sql"], fill: () => Promise<void>): Promise<void> {
  const { rows } = await sql.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, replace(indexdef, ' ON ONLY ', ' ON ') AS definition
     FROM pg_indexes WHERE schemaname = 'log' AND tablename = 'event'`,
  );
  for (const { name } of rows) await sql.query(`DROP INDEX log.${name}`);
  await fill();
  await sql.query("SET maintenance_work_mem = '1GB'");
  for (const { definition } of rows) await sql.query(definition);
  await sql.query("RESET maintenance_work_mem");
}

/** Vacuums and checkpoints, so that the next measurement does not pay for earlier writes. */
export async function vacuumAndCheckpoint(sql: BenchDatabase["sql"]): Promise<void> {
  await sql.query("VACUUM ANALYZE log.event");
  await sql.query("CHECKPOINT");
}
