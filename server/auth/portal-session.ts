import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { findEndedSession, type EndedSession } from "@/server/domain/portal/ended-session";
import { findPortalSession, type PortalSessionScope } from "@/server/domain/portal/portal-sessions";
import type { ServiceConfig, Services } from "@/server/kernel/services";

function isHttps(config: ServiceConfig): boolean {
  return config.publicUrl.startsWith("https:");
}

function cookieName(config: ServiceConfig): string {
  return isHttps(config) ? "__Host-trailport-portal" : "trailport-portal";
}

async function readSecret({ config }: Services): Promise<string | null> {
  return (await cookies()).get(cookieName(config))?.value ?? null;
}

/** Returns the portal session of the current request, or null. */
export async function findPortal(services: Services): Promise<PortalSessionScope | null> {
  const secret = await readSecret(services);
  return secret === null ? null : findPortalSession(services, secret);
}

/** Returns the ended portal session of the current request; null if there was none or it is still open. */
export async function findEndedPortal(services: Services): Promise<EndedSession | null> {
  const secret = await readSecret(services);
  return secret === null ? null : findEndedSession(services, secret);
}

/** For pages: returns the portal session, or redirects to the page that explains how to get a new link. */
export async function requirePortal(services: Services): Promise<PortalSessionScope> {
  return (await findPortal(services)) ?? redirect("/portal/launch?problem=ended");
}

/** Milliseconds for which the cookie outlives its session, so that a page can explain how the session ended. */
const COOKIE_GRACE_PERIOD = 24 * 60 * 60_000;

/** Returns the `Set-Cookie` value of a portal session. `Lax`, so that browsers send it when a vendor's page links back. */
export function portalCookie(config: ServiceConfig, secret: string, expiresAt: Date): string {
  const expires = new Date(expiresAt.getTime() + COOKIE_GRACE_PERIOD).toUTCString();
  return `${cookieName(config)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires}${isHttps(config) ? "; Secure" : ""}`;
}
