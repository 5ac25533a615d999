import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { requireMember } from "@/server/auth/session";
import { liveServices } from "@/server/live-services";
import { appRouter } from "@/server/trpc/root";

/**
 * The procedures, called by a page in the name of who is signed in; anybody else is led to the sign-in and back to
 * `from`. Once per request and argument.
 */
export const staffApi = cache(async (from: string, environmentId: string | null) => {
  const services = liveServices();
  const scope = await requireMember(services, from);
  return appRouter.createCaller({ services, requestId: randomUUID(), caller: { kind: "staff", scope, environmentId } });
});

/** The workspace, as long as the environment is one of its; otherwise the page does not exist. */
export async function requireEnvironment(environmentId: string, path: string) {
  const api = await staffApi(`/dashboard/${environmentId}/${path}`, environmentId);
  const current = await workspaceOf(environmentId, path);
  if (!current.environments.some((environment) => environment.id === environmentId)) notFound();
  return { api, ...current };
}
