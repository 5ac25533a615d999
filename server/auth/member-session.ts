import { headers } from "next/headers";
import { getServerSession } from "next-auth";
import { redirect } from "next/navigation";
import { findMemberScope, type MemberScope } from "@/server/domain/workspaces/member-scope";
import type { Services } from "@/server/kernel/services";
import { clientAddress } from "./client-address";
import { authOptions } from "./next-auth";

/** Returns the scope of the member who sent the current request, or null if no one is signed in. */
export async function findSignedIn(services: Services): Promise<MemberScope | null> {
  const session = await getServerSession(authOptions(services, services.config.authSecret));
  return session?.sessionId ? findMemberScope(services, session.sessionId, clientAddress(await headers())) : null;
}

/** For pages: returns the member's scope, or redirects to the sign-in, which leads back to `from`. */
export async function requireMember(services: Services, from: string): Promise<MemberScope> {
  return (await findSignedIn(services)) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(from)}`);
}
