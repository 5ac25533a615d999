import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { findSignedIn, requireMember } from "@/server/auth/member-session";
import { liveServices } from "@/server/live-services";
import { appRouter } from "@/server/trpc/root";

/** The procedures, called by a page in the name of who is signed in. */
export function staffCaller(scope: Awaited<ReturnType<typeof requireMember>>, environmentId: string | null) {
  return appRouter.createCaller({
    services: liveServices(),
    requestId: randomUUID(),
    address: "a page",
    caller: { kind: "staff", scope, environmentId },
  });
}

/**
 * For layouts: the procedures in the name of who is signed in, and what the shell shows; null for nobody, since it is
 * the page that leads to the sign-in. An environment that is not the workspace's does not exist. Once per request.
 */
export const findStaff = cache(async (environmentId: string) => {
  const scope = await findSignedIn(liveServices());
  if (!scope) return null;
  const api = staffCaller(scope, environmentId);
  const current = await api.workspace.current();
  if (!current.environments.some((environment) => environment.id === environmentId)) notFound();
  return { api, ...current };
});

/** For pages: the same, or off to the sign-in, which leads back to `from`. */
export async function requireStaff(environmentId: string, from: string) {
  await requireMember(liveServices(), from);
  return (await findStaff(environmentId)) ?? notFound();
}

/** The organization, or null for nobody. One that the member may not see does not exist. Once per request. */
export const findOrganization = cache(async (environmentId: string, organizationId: string) => {
  const staff = await findStaff(environmentId);
  if (!staff) return null;
  return staff.api.organizations.byId({ organizationId }).catch((error: unknown) => {
    // An id that cannot be one is as good as one that nobody has.
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  });
});
