import NextAuth from "next-auth";
import { z } from "zod";
import { browserName } from "@/server/domain/workspaces/browser-name";
import type { Services } from "@/server/kernel/services";
import { clientAddress } from "./client-address";
import { IDENTITY_PROVIDER } from "./identity-provider";
import { findSignedIn } from "./member-session";
import { authOptions } from "./next-auth";
import { findProviderMetadata } from "./provider-metadata";

/** The second argument of a Next route handler. */
export interface AuthRoute {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** Serves `/api/auth` with next-auth, which expects every JSON value to be a string; other bodies get a 400. */
export async function authEndpoint(services: Services, request: Request, route: AuthRoute): Promise<Response> {
  if (!(await hasOnlyStrings(request)))
    return Response.json({ message: "The request body is invalid." }, { status: 400 });
  const { nextauth } = await route.params;
  // next-auth itself only knows that the cookie has not expired.
  if (nextauth[0] === "session" && !(await findSignedIn(services)))
    return Response.json({}, { headers: { "cache-control": "private, no-store" } });
  const metadata = nextauth.includes(IDENTITY_PROVIDER) ? await findProviderMetadata(services) : null;
  const client = {
    browser: browserName(request.headers.get("user-agent")),
    address: clientAddress(request.headers),
  };
  // next-auth types this form of a route handler as `any`.
  return NextAuth(
    request as never,
    route as never,
    authOptions(services, services.config.authSecret, metadata, client),
  ) as Promise<Response>;
}

async function hasOnlyStrings(request: Request): Promise<boolean> {
  if (request.method !== "POST" || !request.headers.get("content-type")?.includes("application/json")) return true;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null);
  return z.record(z.string(), z.string()).safeParse(body).success;
}
