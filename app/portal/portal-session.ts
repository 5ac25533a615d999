import type { Metadata } from "next";
import { cache } from "react";
import type { PortalBranding } from "@/schemas/portal/portal-branding";
import { findEndedPortal, findPortal, pageCookies } from "@/server/auth/portal-session";
import { previewLaunch } from "@/server/auth/redemption-endpoint";
import { liveServices } from "@/server/live-services";

/** Returns the open portal session that a page's URL names, or null. Cached per request. */
export const findOpenPortal = cache(async (key: string) => findPortal(liveServices(), await pageCookies(), key));

/** Returns how a portal session ended, or without a key this browser's newest one, or null. Cached per request. */
export const findClosedPortal = cache(async (key: string | null) =>
  findEndedPortal(liveServices(), await pageCookies(), key),
);

/** Returns what a portal link opens, without redeeming it. Cached per request. */
export const findLaunch = cache(async (token: string) => previewLaunch(liveServices(), token, await pageCookies()));

/** Uses the vendor's logo as the page icon. Without a logo, Next uses the neutral icon.svg next to this file. */
export function logoIcon(branding: PortalBranding | null): Pick<Metadata, "icons"> {
  return branding?.logo ? { icons: { icon: branding.logo.href } } : {};
}
