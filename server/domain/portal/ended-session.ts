import type { PortalBranding } from "@/schemas/portal/portal-branding";
import type { SessionEnd } from "@/schemas/portal/portal-launch";
import { hashSecret } from "@/server/kernel/ids";
import type { Services } from "@/server/kernel/services";
import { brandingOf, withVendor } from "./branding";

/** How a portal session ended, and where its visitor can return to. */
export interface EndedSession {
  readonly end: SessionEnd;
  readonly branding: PortalBranding;
  readonly returnUrl: string | null;
}

/** Returns how the session of this secret ended; null if it is still open or never existed. */
export async function findEndedSession(services: Services, secret: string): Promise<EndedSession | null> {
  const session = await services.db.prisma.portalSession.findUnique({
    where: { tokenHash: hashSecret(secret) },
    include: { link: { include: { organization: { include: withVendor } } } },
  });
  if (!session) return null;
  const end = endOf(session, services.now());
  if (!end) return null;
  const { organization, returnUrl } = session.link;
  return { end, branding: brandingOf(organization.environment.workspace), returnUrl };
}

interface SessionTimestamps {
  readonly revokedAt: Date | null;
  readonly endedBy: "customer" | "vendor" | null;
  readonly expiresAt: Date;
  readonly link: { readonly revokedAt: Date | null };
}

function endOf({ revokedAt, endedBy, expiresAt, link }: SessionTimestamps, now: Date): SessionEnd | null {
  if (revokedAt && endedBy === "customer") return "ended";
  if (endedBy === "vendor" || link.revokedAt) return "revoked";
  if (revokedAt) return "ended";
  return expiresAt <= now ? "expired" : null;
}
