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

/** The portal session of the request that is being answered, or null. */
export async function findPortal(services: Services): Promise<PortalSessionScope | null> {
  const secret = await readSecret(services);
  return secret === null ? null : findPortalSession(services, secret);
}

/** The session that the request's browser had before, or null when it never had one or it is still open. */
export async function findEndedPortal(services: Services): Promise<EndedSession | null> {
  const secret = await readSecret(services);
  return secret === null ? null : findEndedSession(services, secret);
}

/** For pages: the same, or off to the page that says whom to ask for a new link. */
export async function requirePortal(services: Services): Promise<PortalSessionScope> {
  return (await findPortal(services)) ?? redirect("/portal/launch?problem=ended");
}

/** For how long after its session a cookie stays, which opens nothing any more: so that the end can be explained. */
const AFTERLIFE = 24 * 60 * 60_000;

/** The `Set-Cookie` value that starts a portal session. `Lax`, so that it is there when a vendor's page leads back. */
export function portalCookie(config: ServiceConfig, secret: string, expiresAt: Date): string {
  const expires = new Date(expiresAt.getTime() + AFTERLIFE).toUTCString();
  return `${cookieName(config)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires}${isHttps(config) ? "; Secure" : ""}`;
}
