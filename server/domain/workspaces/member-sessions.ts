import type { MemberSessionView } from "@/schemas/team/account";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { newId } from "@/server/kernel/ids";
import type { Services } from "@/server/kernel/services";
import type { MemberScope } from "./member-scope";

const LIFETIME = 7 * 86_400_000;

/** Who signs in or uses a session, as far as the request says. */
export interface Client {
  /** Such as “Firefox on Windows”. */
  readonly browser: string;
  readonly address: string;
}

/** Starts a session of a member who has just signed in, and deletes the member's expired ones. Returns its ID. */
export async function startMemberSession(services: Services, memberId: string, client: Client): Promise<string> {
  const now = services.now();
  const id = newId("member_session", now);
  const expiresAt = new Date(now.getTime() + LIFETIME);
  const data = { id, memberId, ...client, lastUsedAt: now, createdAt: now, expiresAt };
  await services.db.prisma.memberSession.deleteMany({ where: { memberId, expiresAt: { lte: now } } });
  await services.db.prisma.memberSession.create({ data });
  return id;
}

/** Lists the member's open sessions, last used first. */
export async function listMemberSessions(scope: MemberScope): Promise<MemberSessionView[]> {
  const { id: memberId } = scope.member;
  const { sessionsFrom } = await scope.db.prisma.member.findUniqueOrThrow({
    where: { id: memberId },
    select: { sessionsFrom: true },
  });
  const sessions = await scope.db.prisma.memberSession.findMany({
    where: { memberId, expiresAt: { gt: scope.now() }, createdAt: { gte: sessionsFrom } },
    select: { id: true, browser: true, address: true, lastUsedAt: true, createdAt: true },
    orderBy: [{ lastUsedAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  return sessions.map((session) => ({ ...session, isCurrent: session.id === scope.session.id }));
}

/** Ends one of the member's own sessions, from its next request. Does nothing if the member has no such session. */
export async function endMemberSession(scope: MemberScope, sessionId: string): Promise<void> {
  await scope.db.prisma.$transaction(async (tx) => {
    const own = { id: sessionId, memberId: scope.member.id };
    const session = await tx.memberSession.findUnique({ where: own });
    const { count } = await tx.memberSession.deleteMany({ where: own });
    if (!session || count === 0) return;
    const { browser, address } = session;
    if (sessionId === scope.session.id) await recordActivity(tx, scope, "member.signed_out");
    else await recordActivity(tx, scope, "member.session_ended", { browser, address });
  });
}
