import type { NewEvent } from "@/schemas/events/event";
import { eventId, newEventUuid, newId } from "@/server/kernel/ids";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** Creates a workspace with one environment; returns the scope of a member of its staff. */
export async function createEnvironment(
  services: Services,
  kind: "staging" | "production" = "production",
): Promise<EnvironmentScope> {
  const now = services.now();
  const workspace = { id: newId("workspace", now), name: "Vendor" };
  const { pk, id, name, strictActions } = await services.db.prisma.environment.create({
    data: { id: newId("environment", now), name: kind, kind, workspace: { create: workspace } },
  });
  const principal = { type: "user", id: newId("member", now), name: "Grace Hopper" } as const;
  return { ...services, environment: { pk, id, name, kind, strictActions, workspaceName: workspace.name }, principal };
}

export async function createOrganization(scope: EnvironmentScope, name = "Acme"): Promise<OrganizationScope> {
  const { pk, id } = await scope.db.prisma.organization.create({
    data: { id: newId("org", scope.now()), name, environmentPk: scope.environment.pk },
  });
  return { ...scope, organization: { pk, id, name } };
}

/** Returns a valid event with the given fields. */
export function anEvent(given: Partial<NewEvent> = {}): NewEvent {
  return {
    action: "document.updated",
    version: 1,
    occurredAt: new Date("2026-09-15T12:00:00.000Z"),
    actor: { id: "user_ada", type: "user", name: "Ada Lovelace", metadata: null },
    targets: [{ id: "doc_1", type: "document", name: "Plan", metadata: null }],
    context: { location: "192.0.2.1", userAgent: null },
    metadata: null,
    ...given,
  };
}

/** Stores events like the API does; returns their IDs in the same order. */
export async function storeEvents(scope: OrganizationScope, events: readonly NewEvent[]): Promise<string[]> {
  const rows = events.map((event) => ({
    id: newEventUuid(scope.now()),
    environmentPk: scope.environment.pk,
    organizationPk: scope.organization.pk,
    event,
    idempotencyKey: null,
  }));
  await Promise.all(rows.map((row) => scope.events.write(row)));
  return rows.map((row) => eventId(row.id));
}

export interface SeedOptions {
  readonly count: number;
  readonly from: Date;
  readonly to: Date;
  /** A different seed creates different IDs and events. */
  readonly seed: number;
}

/**
 * Creates many events at once in the database, always the same for the same arguments: 20 actions of uneven frequency,
 * several hundred actors of three types, 0 to 7 target types per event, metadata, and some timestamps that several events
 * share.
 */
export async function seedEvents(scope: OrganizationScope, options: SeedOptions): Promise<void> {
  // OFFSET 0 makes PostgreSQL compute the hash once instead of for every use. Inserting in order of time fills the indexes quickly.
  await scope.db.query(
    `INSERT INTO log.event (id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, actor_name,
       actor_metadata, targets, target_types, target_ids, location, user_agent, metadata)
     SELECT md5(h || 'id')::uuid, $1, $2,
       (ARRAY['user','document','team','project','invoice'])[1 + b % 5] || '.' || (ARRAY['created','updated','deleted','viewed'])[1 + c % 4 * (d % 3) % 4],
       1 + a % 3, occurred, 'user_' || actor, CASE WHEN actor % 10 > 0 THEN 'user' WHEN actor % 20 > 0 THEN 'api_key' ELSE 'system' END,
       CASE WHEN actor % 10 > 0 THEN 'Person ' || actor / 2 END,
       CASE WHEN a % 4 = 0 THEN '{"role":"admin"}'::json END,
       (SELECT coalesce('[' || string_agg('{"id":"' || type || '_' || c || '","type":"' || type || '","name":"The ' || type || '","metadata":null}', ',') || ']', '[]')
        FROM unnest(types) AS type)::json,
       types, ARRAY(SELECT type || '_' || c FROM unnest(types) AS type), '192.0.2.' || c % 256,
       CASE WHEN d % 5 > 0 THEN 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36' END,
       CASE WHEN b % 3 > 0 THEN ('{"request_id":"' || left(h, 16) || '","attempt":' || a % 5 || ',"internal":' || CASE WHEN c % 2 = 0 THEN 'true' ELSE 'false' END || '}')::json END
     FROM (
       SELECT *, (a % 32 * (b % 32)) % 1000 AS actor,
         $3::timestamptz + date_trunc('second', a * 65536.0 / 4294967296 * ($4::timestamptz - $3::timestamptz)) + make_interval(secs => d % 2 * (b % 1000) / 1000.0) AS occurred,
         (ARRAY['account','document','folder','group','invoice','project','team','user','workspace'])[1 + c % 9 : c % 9 + CASE WHEN d % 128 = 0 THEN 7 ELSE (ARRAY[1,1,1,2,1,2,0,1])[1 + d % 8] END] AS types
       FROM (
         SELECT h, ('x' || substr(h, 1, 4))::bit(16)::int AS a, ('x' || substr(h, 5, 4))::bit(16)::int AS b,
           ('x' || substr(h, 9, 4))::bit(16)::int AS c, ('x' || substr(h, 13, 4))::bit(16)::int AS d
         FROM (SELECT md5($6::text || ':' || n) AS h FROM generate_series(1, $5::int) AS n OFFSET 0) AS hash OFFSET 0
       ) AS numbers OFFSET 0
     ) AS event ORDER BY occurred`,
    [
      scope.environment.pk,
      scope.organization.pk,
      options.from.toISOString(),
      options.to.toISOString(),
      options.count,
      String(options.seed),
    ],
  );
}
