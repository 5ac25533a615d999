import { recordActivity } from "@/server/domain/activity/record-activity";
import { notFound } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";

/**
 * Revokes a link: it stops working, and its session ends with the next request. Revoking it again does nothing.
 * @throws DomainError `not_found` if the link does not exist or belongs to another organization
 */
export async function revokePortalLink(scope: OrganizationScope, portalLinkId: string): Promise<void> {
  const revokedAt = scope.now();
  const own = { id: portalLinkId, organizationPk: scope.organization.pk };
  await scope.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.portalLink.updateMany({ where: { ...own, revokedAt: null }, data: { revokedAt } });
    if (count === 0) {
      if (await tx.portalLink.findFirst({ where: own, select: { id: true } })) return;
      throw notFound("Portal link", portalLinkId);
    }
    const ended = await tx.portalSession.updateMany({
      where: { linkId: portalLinkId, revokedAt: null, expiresAt: { gt: revokedAt } },
      data: { revokedAt, endedBy: "vendor" },
    });
    await recordActivity(tx, scope, "portal_link.revoked", { portalLinkId, sessionsEnded: ended.count });
  });
}

/**
 * Revokes all links that were created for this person of the vendor's application, and ends their sessions. Does nothing if
 * there are none. Returns how many links and sessions this call ended.
 */
export async function revokePortalLinksOf(
  scope: OrganizationScope,
  externalUserId: string,
): Promise<{ readonly links: number; readonly sessions: number }> {
  const revokedAt = scope.now();
  const own = { organizationPk: scope.organization.pk, externalUserId };
  return scope.db.prisma.$transaction(async (tx) => {
    // Locks the links first: a redemption in progress commits before this continues, and its session is ended below.
    const { count: links } = await tx.portalLink.updateMany({
      where: { ...own, revokedAt: null },
      data: { revokedAt },
    });
    const { count: sessions } = await tx.portalSession.updateMany({
      where: { link: own, revokedAt: null, expiresAt: { gt: revokedAt } },
      data: { revokedAt, endedBy: "vendor" },
    });
    if (links > 0) {
      await recordActivity(tx, scope, "portal_link.revoked", { externalUserId, links, sessionsEnded: sessions });
    }
    return { links, sessions };
  });
}

/**
 * Ends a portal session on behalf of the vendor. Does nothing if it has already ended.
 * @throws DomainError `not_found` if the session does not exist or belongs to another organization
 */
export async function revokePortalSession(scope: OrganizationScope, portalSessionId: string): Promise<void> {
  const revokedAt = scope.now();
  const own = { id: portalSessionId, organizationPk: scope.organization.pk };
  await scope.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.portalSession.updateMany({
      where: { ...own, revokedAt: null },
      data: { revokedAt, endedBy: "vendor" },
    });
    if (count === 1) return recordActivity(tx, scope, "portal_session.ended", { portalSessionId });
    if (!(await tx.portalSession.findFirst({ where: own, select: { id: true } }))) {
      throw notFound("Portal session", portalSessionId);
    }
  });
}
