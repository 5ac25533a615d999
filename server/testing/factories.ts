import type { NewEvent } from "@/schemas/event";
import { eventId, newEventUuid, newId } from "@/server/ids";
import type { EnvironmentScope, OrganizationScope, Services } from "@/server/services";

/** A workspace with one environment, as a member of its staff may touch it. */
export async function createEnvironment(services: Services, kind: "staging" | "production" = "production"): Promise<EnvironmentScope> {
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

/** An event that passes the schema; what a test cares about, it gives. */
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

/** Stores events the way that the API does; answers their ids in the same order. */
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

export interface Crowd {
  readonly count: number;
  readonly from: Date;
  readonly to: Date;
  /** Another number, other ids and other events. */
  readonly seed: number;
}

/**
 * Many events at once, made by the database and the same for the same arguments: 20 actions of uneven frequency, 1,000
 * actors, up to seven target types per event, metadata, and here and there a moment that several events share.
 */
export async function seedEvents(scope: OrganizationScope, crowd: Crowd): Promise<void> {
  await scope.db.query(
    `INSERT INTO log.event (id, environment_pk, organization_pk, action, version, occurred_at, actor_id, actor_type, actor_name,
       actor_metadata, targets, target_types, target_ids, location, user_agent, metadata)
     SELECT md5(r.h || 'id')::uuid, $1, $2,
       (ARRAY['user','document','team','project','invoice'])[1 + r.b % 5] || '.' || (ARRAY['created','updated','deleted','viewed'])[1 + r.c % 4 * (r.d % 3) % 4],
       1 + r.a % 3,
       $3::timestamptz + date_trunc('second', (r.e / 4294967296.0) * ($4::timestamptz - $3::timestamptz)) + make_interval(secs => (r.b % 1000) / 1000.0) * (r.d % 2),
       'user_' || r.actor, 'user', CASE WHEN r.actor % 10 > 0 THEN 'Person ' || r.actor / 2 END,
       CASE WHEN r.a % 4 = 0 THEN json_build_object('role', 'admin') END,
       t.targets, t.types, t.ids,
       '192.0.2.' || r.c % 256, CASE WHEN r.d % 5 > 0 THEN 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36' END,
       CASE WHEN r.b % 3 > 0 THEN json_build_object('request_id', left(r.h, 16), 'attempt', r.a % 5, 'internal', r.c % 2 = 0) END
     FROM (
       SELECT n, h, a, b, c, d, e, (a % 32 * (b % 32)) % 1000 AS actor FROM generate_series(1, $5::int) AS n
       CROSS JOIN LATERAL (SELECT md5($6::text || ':' || n) AS h) AS hash
       CROSS JOIN LATERAL (SELECT ('x' || substr(h, 1, 4))::bit(16)::int AS a, ('x' || substr(h, 5, 4))::bit(16)::int AS b,
         ('x' || substr(h, 9, 4))::bit(16)::int AS c, ('x' || substr(h, 13, 4))::bit(16)::int AS d, ('x' || substr(h, 17, 8))::bit(32)::bigint AS e) AS numbers
     ) AS r
     CROSS JOIN LATERAL (
       SELECT coalesce(json_agg(json_build_object('id', target.type || '_' || r.c % 5000, 'type', target.type, 'name', initcap(target.type), 'metadata', NULL)), '[]') AS targets,
         coalesce(array_agg(target.type ORDER BY target.type), '{}') AS types,
         coalesce(array_agg(target.type || '_' || r.c % 5000), '{}') AS ids
       FROM unnest(ARRAY['account','document','folder','group','invoice','project','team','user','workspace']) WITH ORDINALITY AS target(type, place)
       WHERE CASE r.d % 16 WHEN 0 THEN place > 2 WHEN 1 THEN false ELSE place = 1 + r.c % 9 OR (r.d % 3 = 0 AND place = 1 + r.b % 9) END
     ) AS t`,
    [scope.environment.pk, scope.organization.pk, crowd.from.toISOString(), crowd.to.toISOString(), crowd.count, String(crowd.seed)],
  );
}
