import type { PortalLinkState } from "@/schemas/portal/portal-link";

interface LinkTimestamps {
  readonly redeemedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly expiresAt: Date;
}

/** Returns a link's state at the time `now`. */
export function linkState(link: LinkTimestamps, now: Date): PortalLinkState {
  if (link.revokedAt) return "revoked";
  if (link.redeemedAt) return "opened";
  return link.expiresAt <= now ? "expired" : "unused";
}
