import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { newSecret } from "@/server/kernel/ids";
import type { ServiceConfig } from "@/server/kernel/services";

/** The page whose form needs the cookie. */
const PATH = /^\/portal\/launch\/*$/;

/** A secret of this browser. The prefix keeps other hosts of the domain from setting it. */
function cookieName(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? "__Host-trailport-visitor" : "trailport-visitor";
}

/**
 * Gives a browser that opens a portal link's page a secret of its own, which the page's form is bound to. Sets it on the
 * request too, because pages can only read cookies.
 */
export function ensureVisitor(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  publicUrl: string,
): void {
  if (!PATH.test(path) || readVisitor(request.headers.cookie ?? null, publicUrl) !== null) return;
  const cookie = `${cookieName(publicUrl)}=${newSecret()}`;
  request.headers.cookie = request.headers.cookie === undefined ? cookie : `${request.headers.cookie}; ${cookie}`;
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  response.appendHeader("set-cookie", `${cookie}; Path=/; HttpOnly; SameSite=Lax${secure}`);
}

/** Returns the browser's secret from a `Cookie` header, or null. */
export function readVisitor(cookies: string | null, publicUrl: string): string | null {
  const secrets = readCookies(cookies).flatMap(([name, value]) => (name === cookieName(publicUrl) ? [value] : []));
  return secrets.find((secret) => /^[\w-]{43}$/.test(secret)) ?? null;
}

/** Returns the names and values of a `Cookie` header. */
export function readCookies(cookies: string | null): [name: string, value: string][] {
  return (cookies ?? "").split(";").map((each) => {
    const [name = "", ...value] = each.trim().split("=");
    return [name, value.join("=")];
  });
}

/** Returns the token that proves that a form was rendered for this browser and this portal link. */
export function formToken({ authSecret }: ServiceConfig, visitor: string, linkToken: string): string {
  return createHmac("sha256", authSecret)
    .update(JSON.stringify(["portal form", visitor, linkToken]))
    .digest("base64url");
}

/** Returns whether `given` is the form token of this browser and link. */
export function isFormToken(config: ServiceConfig, visitor: string, linkToken: string, given: string): boolean {
  const [expected, actual] = [Buffer.from(formToken(config, visitor, linkToken)), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
