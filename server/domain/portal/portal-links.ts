import type { PortalLinkRequest } from "@/schemas/portal/portal-link-request";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { lockOrganization } from "@/server/domain/organizations/lock-organization";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret, newId, newSecret } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import { listRedirectOrigins } from "./redirect-origins";

const LINK_LIFETIME = 5 * 60_000;

/**
 * Creates a link that opens the portal for this organization once within five minutes. Only the link contains the token;
 * the database stores its hash.
 * @throws DomainError `invalid_request` for an intent that Trailport does not support, or a return URL whose origin the
 * environment does not allow; `not_found` if the organization was deleted
 */
export async function createPortalLink(
  scope: OrganizationScope,
  request: PortalLinkRequest,
): Promise<{ readonly link: string; readonly expiresAt: Date }> {
  if (request.intent !== "audit_logs") {
    throw new DomainError(
      "invalid_request",
      `Trailport's portal does not support the intent '${request.intent}'. Use 'audit_logs'.`,
    );
  }
  for (const url of [request.returnUrl, request.successUrl]) if (url !== null) await requireAllowedOrigin(scope, url);
  const now = scope.now();
  const externalUserId = request.externalUserId ?? null;
  const token = newSecret();
  const expiresAt = new Date(now.getTime() + LINK_LIFETIME);
  await scope.db.prisma.$transaction(async (tx) => {
    await lockOrganization(tx, scope);
    const link = await tx.portalLink.create({
      data: {
        id: newId("portal_link", now),
        organizationPk: scope.organization.pk,
        tokenHash: hashSecret(token),
        intent: request.intent,
        returnUrl: request.returnUrl,
        successUrl: request.successUrl,
        externalUserId,
        createdBy: scope.principal,
        expiresAt,
        createdAt: now,
      },
    });
    await recordActivity(tx, scope, "portal_link.created", {
      portalLinkId: link.id,
      ...(externalUserId !== null && { externalUserId }),
    });
  });
  return { link: `${scope.config.publicUrl}/portal/launch?token=${token}`, expiresAt };
}

/** Production needs registered origins. Staging has two exceptions, so that a first try doesn't need any settings. */
async function requireAllowedOrigin(scope: OrganizationScope, url: string): Promise<void> {
  const { origin, protocol, hostname } = new URL(url);
  const isStaging = scope.environment.kind === "staging";
  if (isStaging && protocol === "http:" && hostname === "localhost") return;
  const allowed = await listRedirectOrigins(scope);
  if (allowed.includes(origin)) return;
  if (isStaging && protocol === "https:" && allowed.length === 0) return;
  throw new DomainError(
    "invalid_request",
    `The origin ${origin} is not an allowed redirect origin of the environment ${scope.environment.name}. Add it under Settings in the dashboard.`,
  );
}
