import type { Page } from "@/schemas/paging";
import type { PortalLinkView } from "@/schemas/portal/portal-link";
import { idPage } from "@/server/domain/paging/id-page";
import type { OrganizationScope, Principal } from "@/server/kernel/scopes";
import { linkState } from "./link-state";

/** Lists the organization's portal links, newest first. */
export async function listPortalLinks(
  scope: OrganizationScope,
  request: { readonly cursor?: string | null | undefined; readonly limit: number },
): Promise<Page<PortalLinkView>> {
  const now = scope.now();
  const page = await idPage(
    { order: "desc", before: null, after: request.cursor ?? null, limit: request.limit },
    (query) =>
      scope.db.prisma.portalLink.findMany({
        ...query,
        where: { AND: [{ organizationPk: scope.organization.pk }, query.where] },
        include: {
          sessions: { where: { revokedAt: null, expiresAt: { gt: now } }, select: { id: true, expiresAt: true } },
        },
      }),
  );
  const items = page.items.map((link) => ({
    id: link.id,
    state: linkState(link, now),
    // Written by createPortalLink from its scope's principal.
    createdBy: { name: (link.createdBy as unknown as Principal).name },
    externalUserId: link.externalUserId,
    createdAt: link.createdAt,
    expiresAt: link.expiresAt,
    openedAt: link.redeemedAt,
    revokedAt: link.revokedAt,
    session: link.revokedAt ? null : (link.sessions[0] ?? null),
  }));
  return { items, next: page.after };
}
