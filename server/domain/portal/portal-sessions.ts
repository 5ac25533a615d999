import type { PortalBranding } from "@/schemas/portal/portal-branding";
import type { DeadLinkState } from "@/schemas/portal/portal-launch";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { hashSecret, newId, newSecret } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { brandingOf, withVendor, type BrandingRow } from "./branding";
import { linkState } from "./link-state";

const SESSION_LIFETIME = 8 * 60 * 60_000;

/** Why a link does not open the portal. */
export type LinkProblem = DeadLinkState | "unknown";

/** What the page of a link shows before the link is redeemed. Links that no longer work still name their vendor. */
export type LinkPreview =
  | { readonly state: "unused"; readonly branding: PortalBranding; readonly organizationName: string }
  | { readonly state: DeadLinkState; readonly branding: PortalBranding }
  | { readonly state: "unknown" };

/** A portal visitor's session: one organization, with what the portal's pages show. */
export interface PortalSessionScope extends OrganizationScope {
  readonly session: { readonly id: string; readonly expiresAt: Date; readonly returnUrl: string | null };
  /** The vendor as portal visitors see it. */
  readonly branding: PortalBranding;
}

/** Previews a link without redeeming it, because email scanners open links, too. */
export async function previewPortalLink(services: Services, token: string): Promise<LinkPreview> {
  const link = await services.db.prisma.portalLink.findUnique({
    where: { tokenHash: hashSecret(token) },
    include: { organization: { include: withVendor } },
  });
  if (!link) return { state: "unknown" };
  const branding = brandingOf(link.organization.environment.workspace);
  const problem = link.organization.deletedAt ? "revoked" : problemOf(link, services.now());
  if (problem) return { state: problem, branding };
  return { state: "unused", branding, organizationName: link.organization.name };
}

/**
 * Exchanges a link for a session; only one of any number of parallel calls succeeds. Returns the session's secret for the
 * cookie; the database stores its hash.
 */
export async function redeemPortalLink(
  services: Services,
  token: string,
): Promise<{ readonly secret: string; readonly expiresAt: Date } | LinkProblem> {
  const now = services.now();
  const tokenHash = hashSecret(token);
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME);
  return services.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.portalLink.updateMany({
      where: { tokenHash, redeemedAt: null, revokedAt: null, expiresAt: { gt: now } },
      data: { redeemedAt: now },
    });
    const link = await tx.portalLink.findUnique({
      where: { tokenHash },
      include: { organization: { include: withVendor } },
    });
    if (!link) return "unknown";
    if (link.organization.deletedAt) return "revoked";
    if (count === 0) return problemOf(link, now) ?? "used";
    const session = await tx.portalSession.create({
      data: {
        id: newId("portal_session", now),
        linkId: link.id,
        organizationPk: link.organizationPk,
        tokenHash: hashSecret(secret),
        expiresAt,
        createdAt: now,
      },
    });
    await recordActivity(tx, sessionScope(services, { ...session, link }), "portal_session.started", {
      portalLinkId: link.id,
    });
    return { secret, expiresAt };
  });
}

/** Returns the scope of the session with this secret, or null if the session has expired or was ended. */
export async function findPortalSession(services: Services, secret: string): Promise<PortalSessionScope | null> {
  const session = await services.db.prisma.portalSession.findUnique({
    where: { tokenHash: hashSecret(secret), revokedAt: null, expiresAt: { gt: services.now() } },
    include: { link: { include: { organization: { include: withVendor } } } },
  });
  if (!session || session.link.revokedAt || session.link.organization.deletedAt) return null;
  return sessionScope(services, session);
}

/** Ends the session on behalf of its visitor. */
export async function endPortalSession(scope: PortalSessionScope): Promise<void> {
  await scope.db.prisma.$transaction(async (tx) => {
    await tx.portalSession.update({
      where: { id: scope.session.id },
      data: { revokedAt: scope.now(), endedBy: "customer" },
    });
    await recordActivity(tx, scope, "portal_session.ended");
  });
}

function problemOf(
  link: { redeemedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): DeadLinkState | null {
  const state = linkState(link, now);
  if (state === "unused") return null;
  return state === "opened" ? "used" : state;
}

interface SessionRow {
  readonly id: string;
  readonly expiresAt: Date;
  readonly link: {
    readonly returnUrl: string | null;
    readonly organization: {
      readonly pk: number;
      readonly id: string;
      readonly name: string;
      readonly environment: Omit<OrganizationScope["environment"], "workspaceName"> & {
        readonly workspace: BrandingRow;
      };
    };
  };
}

function sessionScope(services: Services, row: SessionRow): PortalSessionScope {
  const { organization, returnUrl } = row.link;
  const { pk, id, name, kind, strictActions, workspace } = organization.environment;
  return {
    ...services,
    environment: { pk, id, name, kind, strictActions, workspaceName: workspace.name },
    organization: { pk: organization.pk, id: organization.id, name: organization.name },
    principal: { type: "portal_session", id: row.id, name: `${organization.name} (portal)` },
    session: { id: row.id, expiresAt: row.expiresAt, returnUrl },
    branding: brandingOf(workspace),
  };
}
