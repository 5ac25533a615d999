import NextAuth from "next-auth";
import { z } from "zod";
import type { Services } from "@/server/kernel/services";
import { authOptions } from "./next-auth";

/** What Next hands to a route's handler. */
export interface AuthRoute {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** `/api/auth`: next-auth, which takes what it is sent for texts; JSON that is anything else is answered 400. */
export async function authEndpoint(services: Services, request: Request, route: AuthRoute): Promise<Response> {
  if (!(await holdsTexts(request)))
    return Response.json({ message: "The request body is not valid." }, { status: 400 });
  // next-auth's types know this form of a route handler only as `any`.
  return NextAuth(
    request as never,
    route as never,
    authOptions(services, services.config.authSecret),
  ) as Promise<Response>;
}

async function holdsTexts(request: Request): Promise<boolean> {
  if (request.method !== "POST" || !request.headers.get("content-type")?.includes("application/json")) return true;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null);
  return z.record(z.string(), z.string()).safeParse(body).success;
}
