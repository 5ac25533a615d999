import { createHmac } from "node:crypto";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import type { DeadLinkState } from "@/schemas/portal/portal-launch";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { hashSecret, newId, newSecret } from "@/server/kernel/ids";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { brandingOf, withVendor, type BrandingRow } from "./branding";
import { linkState } from "./link-state";

const SESSION_LIFETIME = 8 * 60 * 60_000;

/** Milliseconds within which the browser that redeemed a link may repeat that, because it may not have got the response. */
const REPEAT_WINDOW = 60_000;

/** Why a link does not open the portal. */
export type LinkProblem = DeadLinkState | "unknown";

/** What the page of a link shows before the link is redeemed. Links that no longer work still name their vendor. */
export type LinkPreview =
  | {
      readonly state: "unused";
      readonly branding: PortalBranding;
      readonly organizationName: string;
      /** The session that the same browser opened with this link within the last minute. */
      readonly openedAs?: string;
    }
  | { readonly state: DeadLinkState; readonly branding: PortalBranding }
  | { readonly state: "unknown" };

/** A portal visitor's session: one organization, with what the portal's pages show. */
export interface PortalSessionScope extends OrganizationScope {
  readonly session: { readonly id: string; readonly expiresAt: Date; readonly returnUrl: string | null };
  /** The vendor as portal visitors see it. */
  readonly branding: PortalBranding;
}

/**
 * Previews a link without redeeming it, because email scanners open links, too. A link that the browser with the secret
 * `visitor` can redeem again is not used yet.
 */
export async function previewPortalLink(
  services: Services,
  token: string,
  visitor: string = newSecret(),
): Promise<LinkPreview> {
  const now = services.now();
  const link = await services.db.prisma.portalLink.findUnique({
    where: { tokenHash: hashSecret(token) },
    include: { organization: { include: withVendor } },
  });
  if (!link) return { state: "unknown" };
  const branding = brandingOf(link.organization.environment.workspace);
  const shown = { state: "unused", branding, organizationName: link.organization.name } as const;
  const problem = link.organization.deletedAt ? "revoked" : problemOf(link, now);
  if (!problem) return shown;
  const opened = problem === "used" ? await repeatable(services, token, visitor) : null;
  return opened ? { ...shown, openedAs: opened.id } : { state: problem, branding };
}

/** A session as the browser gets it. The database stores the secret's hash. */
export interface RedeemedLink {
  readonly id: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

/**
 * Exchanges a link for a session; only one of any number of browsers succeeds. Within a minute, repeated calls of this
 * browser, which the secret `visitor` identifies, return the same session: its first response may have been lost.
 */
export async function redeemPortalLink(
  services: Services,
  token: string,
  visitor: string = newSecret(),
): Promise<RedeemedLink | LinkProblem> {
  const now = services.now();
  const tokenHash = hashSecret(token);
  const secret = sessionSecret(services, token, visitor);
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME);
  const result = await services.db.prisma.$transaction(async (tx) => {
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
    return { id: session.id, secret, expiresAt };
  });
  return result === "used" ? ((await repeatable(services, token, visitor)) ?? result) : result;
}

/**
 * Returns the secret of the session that a browser opens with a link. It depends on both secrets, so that the same browser
 * gets the same session again, and no one else can.
 */
function sessionSecret({ config }: Services, token: string, visitor: string): string {
  return createHmac("sha256", config.authSecret)
    .update(JSON.stringify(["portal session", token, visitor]))
    .digest("base64url");
}

/** Returns the open session that this browser started with the link within the last minute, or null. */
async function repeatable(services: Services, token: string, visitor: string): Promise<RedeemedLink | null> {
  const now = services.now();
  const secret = sessionSecret(services, token, visitor);
  const session = await services.db.prisma.portalSession.findUnique({
    where: {
      tokenHash: hashSecret(secret),
      revokedAt: null,
      createdAt: { gt: new Date(now.getTime() - REPEAT_WINDOW) },
      expiresAt: { gt: now },
    },
    select: { id: true, expiresAt: true },
  });
  return session && { ...session, secret };
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
