import type { Metadata } from "next";
import { cache } from "react";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import { findEndedPortal, findPortal } from "@/server/auth/portal-session";
import { previewLaunch } from "@/server/auth/redemption-endpoint";
import { liveServices } from "@/server/live-services";

/** The open session, or null. Once per request. */
export const findOpenPortal = cache(() => findPortal(liveServices()));

/** How the session ended that this browser had before, or null. Once per request. */
export const findClosedPortal = cache(() => findEndedPortal(liveServices()));

/** What is behind a link, without redeeming it. Once per request. */
export const findLaunch = cache((token: string) => previewLaunch(liveServices(), token));

/** Has the vendor's logo as the page's icon; without one it is the icon beside this file, which is nobody's. */
export function logoIcon(branding: PortalBranding | null): Pick<Metadata, "icons"> {
  return branding?.logo ? { icons: { icon: branding.logo.href } } : {};
}
