import { previewPortalLink, redeemPortalLink, type LinkPreview } from "@/server/domain/portal/portal-sessions";
import { admitAttempt, forgiveAttempt, linkAttempts } from "@/server/domain/rate-limit/admit-attempt";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { clientAddress } from "./client-address";
import { portalCookie } from "./portal-session";

/**
 * Handles the form of a portal link's page: exchanges the link for a session, once. Redirects are relative and contain no
 * token, so they work behind a proxy with any host name.
 */
export async function redemptionEndpoint(services: Services, request: Request): Promise<Response> {
  // Another site's form must not open a session of its choice in a visitor's browser. Because the page sends no referrer,
  // its form sends no origin either, but browsers name the request's source in this header.
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return redirection("/portal/launch?problem=unknown");
  // The session's cookie would be rejected, so the link would be used up for nothing.
  if (site === null && isPlainHttp(services, request.headers)) return redirection("/portal/launch?problem=insecure");
  const result = await redeemLimited(services, request);
  if (typeof result === "string") return redirection(`/portal/launch?problem=${result}`);
  return redirection("/portal", portalCookie(services.config, result.secret, result.expiresAt));
}

/** Allows 30 guesses a minute per client address, including bodies without a token. Valid links do not count. */
async function redeemLimited(services: Services, request: Request) {
  const attempts = linkAttempts(clientAddress(request.headers));
  try {
    await admitAttempt(services, attempts);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "too_many") throw error;
    return `too_many&wait=${error.details.headers?.["retry-after"] ?? ""}`;
  }
  const result = await redeemPortalLink(services, await readToken(request));
  if (result !== "unknown") await forgiveAttempt(services, attempts);
  return result;
}

/**
 * Returns whether a request came over http although people should use https. Browsers leave out `Sec-Fetch-Site` over http, but
 * old ones always do, so the request must also have another host or scheme than `PUBLIC_URL`.
 */
function isPlainHttp({ config }: Services, headers: Headers): boolean {
  const { protocol, host } = new URL(config.publicUrl);
  const scheme = headers.get("x-forwarded-proto")?.split(",", 1)[0]?.trim();
  return protocol === "https:" && scheme !== "https" && (scheme === "http" || headers.get("host") !== host);
}

async function readToken(request: Request): Promise<string> {
  const form = await request.formData().catch(() => null);
  const token = form?.get("token");
  return typeof token === "string" ? token : "";
}

function redirection(location: string, cookie?: string): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "no-referrer" });
  if (cookie !== undefined) headers.set("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** Returns what the launch page shows of a link, without redeeming it. */
export function previewLaunch(services: Services, token: string): Promise<LinkPreview> {
  return previewPortalLink(services, token);
}
