import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { findEndedSession, type EndedSession } from "@/server/domain/portal/ended-session";
import { findPortalSession, type PortalSessionScope } from "@/server/domain/portal/portal-sessions";
import type { ServiceConfig, Services } from "@/server/kernel/services";
import { readCookies } from "./visitor-cookie";

const ID_PREFIX = "portal_session_";

/** Portal sessions that one browser keeps at a time; servers limit the length of all cookies together. */
const MAX_SESSIONS = 10;

/** Returns how URLs, cookies and headers name a session: its ID without the prefix. */
function portalKey(sessionId: string): string {
  return sessionId.slice(ID_PREFIX.length);
}

/** Returns whether a part of a URL can name a session. */
function isPortalKey(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
}

/** Each session has a cookie of its own, so that several can be open in one browser. */
function cookiePrefix({ publicUrl }: ServiceConfig): string {
  return publicUrl.startsWith("https:") ? "__Host-trailport-portal-" : "trailport-portal-";
}

/** Returns the secrets of the portal sessions in a `Cookie` header by their keys, newest first. */
function readSecrets(config: ServiceConfig, cookies: string | null): [key: string, secret: string][] {
  const prefix = cookiePrefix(config);
  return readCookies(cookies)
    .flatMap(([name, value]): [string, string][] => {
      const key = name.startsWith(prefix) ? name.slice(prefix.length) : "";
      return isPortalKey(key) ? [[key, value]] : [];
    })
    .toSorted(([one], [other]) => (one < other ? 1 : -1));
}

/** Returns the `Cookie` header of the page's request. */
export async function pageCookies(): Promise<string | null> {
  return (await headers()).get("cookie");
}

/**
 * Returns the portal session with this key, if a request's `Cookie` header has its secret; otherwise null. Another session of
 * the same browser never takes its place.
 */
export async function findPortal(
  services: Services,
  cookies: string | null,
  key: string | null,
): Promise<PortalSessionScope | null> {
  const secret = readSecrets(services.config, cookies).find(([each]) => each === key)?.[1];
  const scope = secret === undefined ? null : await findPortalSession(services, secret);
  return scope && portalKey(scope.session.id) === key ? scope : null;
}

/** Returns the newest open portal session in a `Cookie` header, or null. */
export async function findNewestPortal(services: Services, cookies: string | null): Promise<PortalSessionScope | null> {
  for (const [key] of readSecrets(services.config, cookies).slice(0, MAX_SESSIONS)) {
    const scope = await findPortal(services, cookies, key);
    if (scope) return scope;
  }
  return null;
}

/**
 * Returns how the portal session with this key ended, or without a key the browser's newest one; null if there was none or
 * it is still open.
 */
export async function findEndedPortal(
  services: Services,
  cookies: string | null,
  key: string | null,
): Promise<EndedSession | null> {
  const secret = readSecrets(services.config, cookies).find(([each]) => key === null || each === key)?.[1];
  return secret === undefined ? null : findEndedSession(services, secret);
}

/**
 * For pages: returns the portal session, or redirects to the page that explains how to get a new link. A part of the URL
 * that cannot name a session is not found.
 */
export async function requirePortal(services: Services, key: string): Promise<PortalSessionScope> {
  if (!isPortalKey(key)) notFound();
  return (await findPortal(services, await pageCookies(), key)) ?? redirect(endedUrl(key));
}

/** For the portal's URL without a session: redirects to this page of the newest session, or explains how to get a link. */
export async function redirectToNewestPortal(services: Services, page: "" | "/exports"): Promise<never> {
  const scope = await findNewestPortal(services, await pageCookies());
  redirect(scope ? portalPath(scope) + page : endedUrl(null));
}

/** Returns the path of a session's first page. All of its other pages are below it. */
export function portalPath({ session }: { readonly session: { readonly id: string } }): string {
  return `/portal/${portalKey(session.id)}`;
}

function endedUrl(key: string | null): string {
  return `/portal/launch?problem=ended${key === null ? "" : `&session=${key}`}`;
}

/** Returns whether a `Cookie` header has the secret of this session. */
export function hasPortalCookie({ config }: Services, cookies: string | null, sessionId: string): boolean {
  return readSecrets(config, cookies).some(([key]) => key === portalKey(sessionId));
}

/** Milliseconds for which the cookie outlives its session, so that a page can explain how the session ended. */
const COOKIE_GRACE_PERIOD = 24 * 60 * 60_000;

/**
 * Returns the `Set-Cookie` values for a new portal session, which also delete the oldest sessions beyond the limit. `Lax`, so
 * that browsers send the cookies when a vendor's page links back.
 */
export function portalCookies(
  config: ServiceConfig,
  { id, secret, expiresAt }: { readonly id: string; readonly secret: string; readonly expiresAt: Date },
  cookies: string | null,
): string[] {
  const secure = config.publicUrl.startsWith("https:") ? "; Secure" : "";
  const set = (key: string, value: string, expires: Date) =>
    `${cookiePrefix(config)}${key}=${value}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires.toUTCString()}${secure}`;
  const others = readSecrets(config, cookies).filter(([key]) => key !== portalKey(id));
  return [
    set(portalKey(id), secret, new Date(expiresAt.getTime() + COOKIE_GRACE_PERIOD)),
    ...others.slice(MAX_SESSIONS - 1).map(([key]) => set(key, "", new Date(0))),
  ];
}
