import type { Role } from "@/schemas/team/roles";
import { findMemberScope, type MemberScope } from "@/server/domain/workspaces/member-scope";
import { startMemberSession } from "@/server/domain/workspaces/member-sessions";
import { hashPassword } from "@/server/domain/workspaces/passwords";
import { newId } from "@/server/kernel/ids";
import type { Services } from "@/server/kernel/services";

/** Creates a workspace without members; returns its ID. */
export async function createWorkspace(services: Services): Promise<string> {
  const id = newId("workspace", services.now());
  await services.db.prisma.workspace.create({ data: { id, name: "Vendor" } });
  return id;
}

/** Creates a member who has just signed in. */
export async function createMember(
  services: Services,
  workspaceId: string,
  given: { readonly role: Role; readonly name?: string; readonly password?: string },
): Promise<MemberScope> {
  const now = services.now();
  const id = newId("member", now);
  const { role, name = "Ada", password } = given;
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const email = `${id.toLowerCase()}@vendor.example`;
  await services.db.prisma.member.create({
    data: { id, workspaceId, email, name, role, passwordHash, sessionsFrom: now },
  });
  return signIn(services, id);
}

/** Signs a member in with a new session. */
export async function signIn(services: Services, memberId: string): Promise<MemberScope> {
  const client = { browser: "Firefox on Linux", address: "192.0.2.1" };
  const scope = await findMemberScope(services, await startMemberSession(services, memberId, client), client.address);
  if (!scope) throw new Error("The member was not found.");
  return scope;
}

/** Returns whether the session that a scope came from is still open. */
export async function isSignedIn(scope: MemberScope): Promise<boolean> {
  return (await findMemberScope(scope, scope.session.id, "192.0.2.1")) !== null;
}

/** Returns the activity entries of the member's workspace, oldest first. */
export async function trailOf({ db, workspace }: MemberScope): Promise<[string, string, unknown][]> {
  const rows = await db.prisma.activity.findMany({
    where: { workspaceId: workspace.id },
    orderBy: { occurredAt: "asc" },
  });
  return rows.map(({ action, actor, details }) => [action, (actor as { name: string }).name, details]);
}
