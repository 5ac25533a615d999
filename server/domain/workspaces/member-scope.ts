import type { Role } from "@/schemas/team/roles";
import { notFound } from "@/server/kernel/errors";
import type { EnvironmentScope, OrganizationScope, WorkspaceScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** Milliseconds. */
const USE_RECORDED_EVERY = 60_000;

/** A member who is signed in. */
export interface SignedInMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** A workspace scope with the member who acts, and in which session. */
export interface MemberScope extends WorkspaceScope {
  readonly member: SignedInMember;
  readonly session: { readonly id: string };
}

/**
 * Returns the scope of the session's member, or null if the session has ended or expired, or the member was removed. Stores
 * the session's last use, at most once per minute.
 */
export async function findMemberScope(
  services: Services,
  sessionId: string,
  address: string,
): Promise<MemberScope | null> {
  // One statement, since every request of staff runs it.
  const [row] = await services.db.query<SessionRow>(
    `SELECT m.id, m.email, m.name, m.role::text AS role, s.last_used_at, w.id AS workspace_id, w.name AS workspace_name
     FROM member_session s JOIN member m ON m.id = s.member_id JOIN workspace w ON w.id = m.workspace_id
     WHERE s.id = $1 AND s.expires_at > $2::timestamptz AND s.created_at >= m.sessions_from`,
    [sessionId, services.now().toISOString()],
  );
  if (!row) return null;
  await recordSessionUse(services, { id: sessionId, lastUsedAt: row.last_used_at }, address);
  const { id, email, name, role } = row;
  return {
    ...services,
    workspace: { id: row.workspace_id, name: row.workspace_name },
    member: { id, email, name, role },
    role,
    principal: { type: "user", id, name },
    session: { id: sessionId },
  };
}

interface SessionRow extends SignedInMember {
  readonly last_used_at: Date;
  readonly workspace_id: string;
  readonly workspace_name: string;
}

/** Stores when and where a session was last used. The request does not fail with it. */
async function recordSessionUse(
  services: Services,
  { id, lastUsedAt }: { readonly id: string; readonly lastUsedAt: Date },
  address: string,
): Promise<void> {
  const now = services.now();
  const before = new Date(now.getTime() - USE_RECORDED_EVERY);
  if (lastUsedAt > before) return;
  await services.db.prisma.memberSession
    .updateMany({ where: { id, lastUsedAt: { lte: before } }, data: { lastUsedAt: now, address } })
    .catch((error: unknown) =>
      services.log.warn({ error: String(error) }, "could not store when a session was last used"),
    );
}

const environmentSelect = { pk: true, id: true, name: true, kind: true, strictActions: true } as const;

/**
 * Restricts a scope to one environment.
 * @throws DomainError `not_found` if the environment does not exist or belongs to another workspace
 */
export async function scopeToEnvironment(scope: WorkspaceScope, environmentId: string): Promise<EnvironmentScope> {
  const environment = await scope.db.prisma.environment.findFirst({
    where: { id: environmentId, workspaceId: scope.workspace.id },
    select: environmentSelect,
  });
  if (!environment) throw notFound("Environment", environmentId);
  return { ...scope, environment: { ...environment, workspaceName: scope.workspace.name } };
}

/**
 * Restricts a scope to one organization.
 * @throws DomainError `not_found` if the organization is in none of the workspace's environments, or not in the given one
 */
export async function scopeToWorkspaceOrganization(
  scope: WorkspaceScope,
  organizationId: string,
  environmentId: string | null,
): Promise<OrganizationScope> {
  const organization = await scope.db.prisma.organization.findFirst({
    where: {
      id: organizationId,
      deletedAt: null,
      environment: { workspaceId: scope.workspace.id, ...(environmentId !== null && { id: environmentId }) },
    },
    select: { pk: true, id: true, name: true, environment: { select: environmentSelect } },
  });
  if (!organization) throw notFound("Organization", organizationId);
  const { environment, ...rest } = organization;
  return { ...scope, environment: { ...environment, workspaceName: scope.workspace.name }, organization: rest };
}

/** Lists the workspace's environments, oldest first. */
export function listEnvironments(
  scope: WorkspaceScope,
): Promise<{ id: string; name: string; kind: "staging" | "production" }[]> {
  return scope.db.prisma.environment.findMany({
    where: { workspaceId: scope.workspace.id },
    select: { id: true, name: true, kind: true },
    orderBy: { pk: "asc" },
  });
}
