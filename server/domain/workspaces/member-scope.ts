import type { Role } from "@/schemas/team/roles";
import { notFound } from "@/server/kernel/errors";
import type { EnvironmentScope, OrganizationScope, WorkspaceScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** A member who is signed in. */
export interface SignedInMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** A workspace scope with the member who acts. */
export interface MemberScope extends WorkspaceScope {
  readonly member: SignedInMember;
}

/** Returns the member's scope, or null if the member was removed or has ended all sessions since `signedInAt`. */
export async function findMemberScope(
  services: Services,
  memberId: string,
  signedInAt: Date,
): Promise<MemberScope | null> {
  const row = await services.db.prisma.member.findUnique({ where: { id: memberId }, include: { workspace: true } });
  if (!row || signedInAt < row.sessionsFrom) return null;
  const { id, email, name, role, workspace } = row;
  return {
    ...services,
    workspace: { id: workspace.id, name: workspace.name },
    member: { id, email, name, role },
    role,
    principal: { type: "user", id, name },
  };
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
