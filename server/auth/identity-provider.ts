import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { personName } from "@/schemas/team/account";
import { email } from "@/schemas/team/team";
import { signInWithProvider } from "@/server/domain/workspaces/sign-in";
import { DomainError } from "@/server/kernel/errors";
import type { IdentityProvider, Services } from "@/server/kernel/services";

/** The provider's ID in next-auth, and thus part of its callback URL: `/api/auth/callback/oidc`. */
export const IDENTITY_PROVIDER = "oidc";

const claims = z.object({
  sub: z.string().min(1),
  email,
  // Some providers send a string.
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
  name: personName.optional().catch(undefined),
});

/** Configures an OpenID Connect provider for next-auth: code flow with PKCE, state and nonce. */
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
      // The ID tokens of many providers do not contain the email.
      async request({ client, tokens }) {
        // These are openid-client's own tokens: it knows their claims and checks the response's `sub` against them.
        const tokenSet = tokens as unknown as Exclude<Parameters<typeof client.userinfo>[0], string>;
        return client.issuer.metadata.userinfo_endpoint
          ? { ...tokenSet.claims(), ...(await client.userinfo(tokenSet)) }
          : tokenSet.claims();
      },
    },
    profile: (profile) => {
      const known = claims.safeParse(profile);
      return { id: String(profile["sub"]), email: known.data?.email ?? null, name: known.data?.name ?? null };
    },
  };
}

/** Admits members and invited people. Returns true, or the URL of the page that explains the rejection. */
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
