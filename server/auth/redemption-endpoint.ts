import { previewPortalLink, redeemPortalLink, type LinkPreview } from "@/server/domain/portal/portal-sessions";
import { admitAttempt, linkAttempts } from "@/server/domain/rate-limit/admit-attempt";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { clientAddress } from "./client-address";
import { isOwnOrigin } from "./own-origin";
import { hasPortalCookie, portalCookies, portalPath } from "./portal-session";
import { formToken, isFormToken, readVisitor } from "./visitor-cookie";

/**
 * Handles the form of a portal link's page: exchanges the link for a session, once. Redirects are relative and contain no
 * token, so they work behind a proxy with any host name.
 */
export async function redemptionEndpoint(services: Services, request: Request): Promise<Response> {
  if (isFromElsewhere(services, request)) return redirection("/portal/launch?problem=unknown");
  const { token, proof } = await readForm(request);
  const sent = request.headers.get("cookie");
  const visitor = readVisitor(sent, services.config.publicUrl);
  const result =
    visitor !== null && isFormToken(services.config, visitor, token, proof)
      ? await redeemPortalLink(services, token, visitor)
      : (await previewPortalLink(services, token)).state;
  if (result === "unused") {
    return redirection(`/portal/launch?problem=${isPlainHttp(services, request.headers) ? "insecure" : "form"}`);
  }
  if (result === "unknown") return redirection(`/portal/launch?problem=${await countGuess(services, request)}`);
  if (typeof result === "string") return redirection(`/portal/launch?problem=${result}`);
  return redirection(portalPath({ session: result }), portalCookies(services.config, result, sent));
}

/**
 * Returns whether another site sent the form, which must not open a session of its choice in a visitor's browser. Because
 * the page sends no referrer, the origin of its own form is `null`; then the form's token has to do.
 */
function isFromElsewhere({ config }: Services, { headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  return (
    (site !== null && site !== "same-origin") || (origin !== null && origin !== "null" && !isOwnOrigin(config, headers))
  );
}

/**
 * Counts a token that does not exist, or a body without one: 30 a minute per client address. Returns the problem to show. A
 * token that exists always opens, whatever others behind the same address do.
 */
async function countGuess(services: Services, request: Request): Promise<string> {
  try {
    await admitAttempt(services, linkAttempts(clientAddress(request.headers)));
    return "unknown";
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "too_many") throw error;
    return `too_many&wait=${error.details.headers?.["retry-after"] ?? ""}`;
  }
}

/**
 * Returns whether a form without a valid token came over http although people should use https: then the browser rejected the
 * cookie of the page, as it would reject the session's. Browsers leave out `Sec-Fetch-Site` over http, but old ones always do,
 * so the request must also have another host or scheme than `PUBLIC_URL`.
 */
function isPlainHttp({ config }: Services, headers: Headers): boolean {
  if (headers.has("sec-fetch-site")) return false;
  const { protocol, host } = new URL(config.publicUrl);
  const scheme = headers.get("x-forwarded-proto")?.split(",", 1)[0]?.trim();
  return protocol === "https:" && scheme !== "https" && (scheme === "http" || headers.get("host") !== host);
}

async function readForm(request: Request): Promise<{ readonly token: string; readonly proof: string }> {
  const form = await request.formData().catch(() => null);
  const textOf = (name: string) => {
    const value = form?.get(name);
    return typeof value === "string" ? value : "";
  };
  return { token: textOf("token"), proof: textOf("form_token") };
}

function redirection(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "no-referrer" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** What the launch page shows of a link; if it can be redeemed, with the token of its form. */
export type LaunchPreview =
  | Exclude<LinkPreview, { readonly state: "unused" }>
  | (Extract<LinkPreview, { readonly state: "unused" }> & { readonly formToken: string });

/**
 * Returns what the launch page shows of a link, without redeeming it. Within a minute, the browser that redeemed the link
 * sees the form again, unless it has received the session.
 */
export async function previewLaunch(services: Services, token: string, cookies: string | null): Promise<LaunchPreview> {
  const visitor = readVisitor(cookies, services.config.publicUrl) ?? undefined;
  const link = await previewPortalLink(services, token, visitor);
  if (link.state !== "unused") return link;
  const { openedAs, ...shown } = link;
  if (openedAs !== undefined && hasPortalCookie(services, cookies, openedAs))
    return { state: "used", branding: link.branding };
  return { ...shown, formToken: visitor === undefined ? "" : formToken(services.config, visitor, token) };
}
