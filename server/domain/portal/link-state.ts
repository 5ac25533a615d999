import type { PortalLinkState } from "@/schemas/portal/portal-link";

interface LinkMoments {
  readonly redeemedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly expiresAt: Date;
}

/** Where a link stands at the moment `now`. */
export function linkState(link: LinkMoments, now: Date): PortalLinkState {
  if (link.revokedAt) return "revoked";
  if (link.redeemedAt) return "opened";
  return link.expiresAt <= now ? "expired" : "unused";
}
