import type { Metadata } from "next";
import { cache } from "react";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import { findEndedPortal, findPortal } from "@/server/auth/portal-session";
import { previewLaunch } from "@/server/auth/redemption-endpoint";
import { liveServices } from "@/server/live-services";

/** Returns the open portal session, or null. Cached per request. */
export const findOpenPortal = cache(() => findPortal(liveServices()));

/** Returns how this browser's last portal session ended, or null. Cached per request. */
export const findClosedPortal = cache(() => findEndedPortal(liveServices()));

/** Returns what a portal link opens, without redeeming it. Cached per request. */
export const findLaunch = cache((token: string) => previewLaunch(liveServices(), token));

/** Uses the vendor's logo as the page icon. Without a logo, Next uses the neutral icon.svg next to this file. */
export function logoIcon(branding: PortalBranding | null): Pick<Metadata, "icons"> {
  return branding?.logo ? { icons: { icon: branding.logo.href } } : {};
}
