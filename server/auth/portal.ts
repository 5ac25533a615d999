import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { findPortalSession, type PortalSessionScope } from "@/server/domain/portal/portal-sessions";
import type { ServiceConfig, Services } from "@/server/services";

function isHttps(config: ServiceConfig): boolean {
  return config.publicUrl.startsWith("https:");
}

function cookieName(config: ServiceConfig): string {
  return isHttps(config) ? "__Host-trailport-portal" : "trailport-portal";
}

/** The portal session of the request that is being answered, or null. */
export async function findPortal(services: Services): Promise<PortalSessionScope | null> {
  const secret = (await cookies()).get(cookieName(services.config))?.value;
  return secret === undefined ? null : findPortalSession(services, secret);
}

/** For pages: the same, or off to the page that says whom to ask for a new link. */
export async function requirePortal(services: Services): Promise<PortalSessionScope> {
  return (await findPortal(services)) ?? redirect("/portal/launch?problem=ended");
}

/** The `Set-Cookie` value that starts a portal session. `Lax`, so that it is there when a vendor's page leads back. */
export function portalCookie(config: ServiceConfig, secret: string, expiresAt: Date): string {
  return `${cookieName(config)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Expires=${expiresAt.toUTCString()}${isHttps(config) ? "; Secure" : ""}`;
}
