import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { findSignedIn, requireMember } from "@/server/auth/member-session";
import { liveServices } from "@/server/live-services";
import { appRouter } from "@/server/trpc/root";

/** Calls tRPC procedures from a page as the signed-in member. */
export function staffCaller(scope: Awaited<ReturnType<typeof requireMember>>, environmentId: string | null) {
  return appRouter.createCaller({
    services: liveServices(),
    requestId: randomUUID(),
    address: "a page",
    caller: { kind: "staff", scope, environmentId },
  });
}

/**
 * For layouts: returns the tRPC caller of the signed-in member and what the shell shows. Returns null if no one is signed
 * in, since the page redirects to the sign-in. Another workspace's environment is not found. Cached per request.
 */
export const findStaff = cache(async (environmentId: string) => {
  const scope = await findSignedIn(liveServices());
  if (!scope) return null;
  const api = staffCaller(scope, environmentId);
  const current = await api.workspace.current();
  if (!current.environments.some((environment) => environment.id === environmentId)) notFound();
  return { api, ...current };
});

/** For pages: like `findStaff`, but redirects to the sign-in, which leads back to `from`. */
export async function requireStaff(environmentId: string, from: string) {
  await requireMember(liveServices(), from);
  return (await findStaff(environmentId)) ?? notFound();
}

/** Returns the organization, or null if no one is signed in. Calls `notFound()` if the member cannot see it. Cached per request. */
export const findOrganization = cache(async (environmentId: string, organizationId: string) => {
  const staff = await findStaff(environmentId);
  if (!staff) return null;
  return staff.api.organizations.byId({ organizationId }).catch((error: unknown) => {
    // A malformed ID is treated like an unknown one.
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  });
});
