import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { personName } from "@/schemas/team/account";
import { email } from "@/schemas/team/team";
import { signInWithProvider } from "@/server/domain/workspaces/sign-in";
import { DomainError } from "@/server/kernel/errors";
import type { IdentityProvider, Services } from "@/server/kernel/services";

/** Its id, and so part of the address that it leads back to: `/api/auth/callback/oidc`. */
export const IDENTITY_PROVIDER = "oidc";

const claims = z.object({
  sub: z.string().min(1),
  email,
  // A text at some providers.
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
  name: personName.optional().catch(undefined),
});

/** next-auth's words for an OpenID Connect provider: code flow with PKCE, state and nonce. */
export function identityProvider({ issuer, ...provider }: IdentityProvider): OAuthConfig<Record<string, unknown>> {
  return {
    ...provider,
    id: IDENTITY_PROVIDER,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    userinfo: {
      // Many a provider's ID token is thin and has no e-mail.
      async request({ client, tokens }) {
        // It is openid-client's own set, which knows its claims and holds the answer's `sub` against them.
        const set = tokens as unknown as Exclude<Parameters<typeof client.userinfo>[0], string>;
        return client.issuer.metadata.userinfo_endpoint
          ? { ...set.claims(), ...(await client.userinfo(set)) }
          : set.claims();
      },
    },
    profile: (profile) => {
      const known = claims.safeParse(profile);
      return { id: String(profile["sub"]), email: known.data?.email ?? null, name: known.data?.name ?? null };
    },
  };
}

/** Lets members and invited people in: true, or the page that says why not. */
export async function admitProviderSignIn(services: Services, profile: unknown): Promise<true | string> {
  const person = claims.safeParse(profile);
  if (!person.success || !person.data.email_verified) return "/sign-in?error=unverified";
  const { email: address, name = address } = person.data;
  try {
    await signInWithProvider(services, { email: address, name: name.slice(0, 100) });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === "gone") return "/sign-in?error=not_invited";
    throw error;
  }
}
