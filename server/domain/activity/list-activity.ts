import { encodeTime } from "ulid";
import { z } from "zod";
import type { ActivityActor, ActivityEntry, ActivityRequest } from "@/schemas/activity/activity";
import { ACTIVITY_ACTIONS } from "@/schemas/activity/activity-actions";
import type { Page } from "@/schemas/paging";
import { keysetPage } from "@/server/domain/paging/keyset-page";
import { READ_TIMEOUT } from "@/server/kernel/timeouts";
import type { EnvironmentScope } from "@/server/kernel/scopes";

/** The scope of a whole environment, not of one organization: the activity covers every organization. */
type WholeEnvironment = EnvironmentScope & { readonly organization?: never };

/** The number of newest entries that are searched for actors. */
const RECENT = 20_000;
const MAX_ACTORS = 200;

/** Selects the environment's entries and, for staff, those of the whole workspace; `$1` and `$2` are `scopeValues`. */
const WITHIN = `a.workspace_id = (SELECT workspace_id FROM environment WHERE pk = $1)
  AND (a.environment_pk = $1 OR ($2 AND a.environment_pk IS NULL))`;

function scopeValues({ environment, principal }: WholeEnvironment): unknown[] {
  return [environment.pk, principal.type === "user"];
}

interface ActivityRow {
  readonly id: string;
  readonly action: string;
  readonly actor: unknown;
  readonly details: unknown;
  readonly occurred_at: Date;
  readonly organization_id: string | null;
  readonly organization_name: string | null;
  readonly organization_deleted: boolean;
}

const actor = z.object({ type: z.string(), id: z.string(), name: z.string() });
const details = z.record(z.string(), z.union([z.string(), z.number(), z.null()])).catch({});

/** Lists activity entries, newest first. */
export async function listActivity(scope: WholeEnvironment, request: ActivityRequest): Promise<Page<ActivityEntry>> {
  const wanted = { order: "desc", before: null, after: request.cursor ?? null, limit: request.limit } as const;
  const { items, after } = await keysetPage(
    wanted,
    ({ cursor, take }) => readRows(scope, request, cursor, take),
    (row) => row.id,
  );
  return { items: items.map(toEntry), next: after };
}

function readRows(
  scope: WholeEnvironment,
  { from, to, kinds, actorIds, organizationIds }: ActivityRequest,
  cursor: string | null,
  take: number,
): Promise<ActivityRow[]> {
  const values = scopeValues(scope);
  const parameter = (value: unknown) => `$${values.push(value)}`;
  // An ID begins with its timestamp, and entries are read in the order of IDs.
  const conditions = [WITHIN, `a.id >= ${parameter(idAt(from))}`, `a.id < ${parameter(idAt(to))}`];
  if (cursor !== null) conditions.push(`a.id < ${parameter(cursor)}`);
  if (actorIds.length > 0) conditions.push(`a.actor ->> 'id' = ANY(${parameter(actorIds)})`);
  if (organizationIds.length > 0) conditions.push(`o.id = ANY(${parameter(organizationIds)})`);
  if (kinds.length > 0) {
    const actions = Object.entries(ACTIVITY_ACTIONS).filter(([, kind]) => kinds.includes(kind));
    conditions.push(`a.action = ANY(${parameter(actions.map(([action]) => action))})`);
  }
  return scope.db.query<ActivityRow>(
    `SELECT a.id, a.action, a.actor, a.details, a.occurred_at, o.id AS organization_id, o.name AS organization_name,
       coalesce(o.deleted_at IS NOT NULL, false) AS organization_deleted
     FROM activity a LEFT JOIN organization o ON o.pk = a.organization_pk
     WHERE ${conditions.join(" AND ")} ORDER BY a.id DESC LIMIT ${take}`,
    values,
    { timeout: READ_TIMEOUT },
  );
}

/** Lists the members and API keys of recent entries by name. Portal visitors are filtered by organization instead. */
export async function listActivityActors(scope: WholeEnvironment): Promise<ActivityActor[]> {
  return scope.db.query<ActivityActor>(
    `SELECT * FROM (
       SELECT DISTINCT ON (recent.actor ->> 'id') recent.actor ->> 'id' AS id, recent.actor ->> 'name' AS name, recent.actor ->> 'type' AS type
       FROM (SELECT a.id, a.actor FROM activity a WHERE ${WITHIN} ORDER BY a.id DESC LIMIT ${RECENT}) AS recent
       WHERE recent.actor ->> 'type' IN ('user', 'api_key')
       ORDER BY recent.actor ->> 'id', recent.id DESC
     ) AS known ORDER BY lower(name), id LIMIT ${MAX_ACTORS}`,
    scopeValues(scope),
    { timeout: READ_TIMEOUT },
  );
}

function idAt(time: Date): string {
  return `activity_${encodeTime(Math.max(0, time.getTime()), 10)}`;
}

function toEntry(row: ActivityRow): ActivityEntry {
  return {
    id: row.id,
    action: row.action,
    actor: actor.parse(row.actor),
    organization:
      row.organization_id === null
        ? null
        : { id: row.organization_id, name: row.organization_name ?? "", deleted: row.organization_deleted },
    details: details.parse(row.details),
    occurredAt: row.occurred_at,
  };
}
